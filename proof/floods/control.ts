import type { Instance } from '../instance';
import { node, publish } from '../../playground/workflow-parts';
import type { Result } from './request';
import { Sender } from './send';

const NAME = 'control';

const PATIENCE_MS = 10_000;

/** Publishes a workflow with n8n's own Webhook node, which nothing of the flood goes to. */
export async function publishControl(instance: Instance): Promise<string> {
	const parameters = { httpMethod: 'POST', path: `${NAME}/webhook` };
	const { url } = await publish(instance, NAME, [
		node('Webhook', 'n8n-nodes-base.webhook', 2, parameters),
	]);
	return new URL(url).pathname;
}

/** What n8n answers there to what is no XML but says so: whether it hangs before any node is called. */
export async function answerToXml({ port }: Instance, path: string): Promise<Result> {
	const sender = new Sender(port);
	const send = (body: string) =>
		sender.send({
			form: 'http',
			method: 'POST',
			path,
			headers: { 'content-type': 'application/xml' },
			body: Buffer.from(body),
			ownConnection: true,
			patienceMs: PATIENCE_MS,
		});
	// Behind XML, as it is in the flood.
	await send('<a/>');
	const { result } = await send('{}');
	sender.stop();
	return result;
}
