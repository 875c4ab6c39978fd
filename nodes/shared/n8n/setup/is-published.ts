import { randomUUID } from 'crypto';
import type { IHookFunctions } from 'n8n-workflow';
import { firstText, objectOf } from '../../core/values/json';

const WITHIN_MS = 3_000;

/**
 * Whether n8n listens at one of its webhook URLs. It asks n8n which methods the URL accepts, as a browser
 * does (a CORS preflight), which starts no execution and doesn't reach the node. A process knows this
 * instance's other triggers only if it registered them, and n8n doesn't do that again when it restarts.
 *
 * @returns null if unknown: n8n can't reach its own address, or a proxy responds in its place
 */
export async function isPublished(context: IHookFunctions, url: string): Promise<boolean | null> {
	// If a proxy lists the same methods for any URL, its response says nothing about this one.
	const [asked, nobody] = await Promise.all([
		acceptsPost(context, url),
		acceptsPost(context, new URL(`./${randomUUID()}`, url).href),
	]);
	return asked === null || nobody !== false ? null : asked;
}

async function acceptsPost(context: IHookFunctions, url: string): Promise<boolean | null> {
	try {
		const response: unknown = await context.helpers.httpRequest({
			method: 'OPTIONS' as 'HEAD',
			url,
			headers: { Origin: new URL(url).origin },
			timeout: WITHIN_MS,
			abortSignal: AbortSignal.timeout(WITHIN_MS),
			disableFollowRedirect: true,
			returnFullResponse: true,
			ignoreHttpStatusErrors: true,
		});
		const { statusCode, headers } = objectOf(response);
		if (statusCode === 404) return false;
		const methods = firstText(objectOf(headers), 'access-control-allow-methods');
		if (statusCode !== 204 || methods === null) return null;
		return methods.split(/, */).includes('POST');
	} catch {
		return null;
	}
}
