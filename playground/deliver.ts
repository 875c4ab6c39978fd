import { Argument, InvalidArgumentError, program } from 'commander';
import type { Provider } from '../nodes/shared/core/read/provider';
import { PROVIDERS, providerById, sampleOf } from '../test/kit/providers';
import { deliver, signedHeaders, withNewIds } from '../test/kit/sample-deliveries';
import { webhookPath } from '../test/kit/n8n/sample-workflow';

interface Options {
	url?: string;
	secret?: string;
	forge?: boolean;
	fresh?: boolean;
	repeat: number;
}

program
	.name('npm run deliver --')
	.description("Signs a sample delivery as the provider does, and sends it to a trigger's URL.")
	.addArgument(new Argument('<provider>', 'who delivers').choices(PROVIDERS.map(({ id }) => id)))
	.argument('[event]', 'the sample, such as message.received', '')
	.option('--url <url>', "the trigger's test or production URL (default: the playground's)")
	.option('--secret <secret>', "the secret to sign with (default: the playground's)")
	.option('--forge', 'sign with a secret that is not the right one')
	.option('--fresh', 'give the delivery ids that were never sent, so that it is not a repetition')
	.option('--repeat <n>', 'send it this many times', wholeNumber, 1)
	.action(run);

function wholeNumber(value: string): number {
	const number = Number(value);
	if (Number.isInteger(number) && number > 0) return number;
	throw new InvalidArgumentError('It has to be a whole number above 0.');
}

async function run(id: string, event: string, options: Options): Promise<void> {
	const provider = providerById(id);
	const sample = sampleOf(provider, event).rawBody;
	const body = options.fresh ? withNewIds(provider, sample) : sample;
	const { secret: usual, otherSecret } = provider.simulator;
	const secret = options.forge ? otherSecret : (options.secret ?? usual);
	const url = options.url ?? `http://127.0.0.1:5678${webhookPath(provider)}`;
	if (!/^https?:\/\//.test(url))
		throw new Error(`--url has to begin with http:// or https://, not ${url}`);
	for (let count = 1; count <= options.repeat; count++) {
		const {
			status,
			body: answer,
			milliseconds,
		} = await deliver(url, body, signedHeaders(provider, url, body, secret)).catch(
			(error: unknown) => {
				const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error;
				throw new Error(
					`Nothing answers at ${url} (${String(cause)}). Is n8n running there? npm start runs the playground's; if that has another port, add --url.`,
				);
			},
		);
		const said = status === 404 ? '' : answer;
		console.log(`${status} in ${milliseconds.toFixed(0)} ms  ${said}`.trimEnd());
		const hint = hintFor(status, answer, options, provider.provider);
		if (hint) console.log(hint);
	}
}

/** What an answer means, and what to look at. */
function hintFor(
	status: number,
	answer: string,
	{ forge, fresh }: Options,
	{ response }: Provider,
): string | undefined {
	switch (status) {
		case 200:
			if (response && answer === response.body) return undefined;
			if (answer === '') return 'n8n started an execution.';
			if (!answer.includes('Webhook call received')) return undefined;
			return `It started nothing: its event is not selected under Listen To, or too old, or it is a repetition${fresh ? '' : ' (add --fresh for ids that are new)'}.`;
		case 401:
			if (forge) return 'n8n rejected it, as it should. Its log has the reason.';
			return 'n8n rejected it. Is --secret the one in the credential? Its log has the reason.';
		case 404:
			return 'n8n knows no webhook at this URL: publish the workflow, or click Execute step for a test URL.';
		default:
			return undefined;
	}
}

program.parseAsync().catch((error: unknown) => {
	console.error(`✖ ${error instanceof Error ? error.message : String(error)}`);
	process.exitCode = 1;
});
