import type { Provider } from '../../nodes/shared/core/read/provider';
import type { RejectionReason } from '../../nodes/shared/core/verify/verification';
import {
	credentialUnreadable,
	rejection,
	REJECTIONS,
} from '../../nodes/shared/n8n/receive/problem';
import { table } from './markdown';

/** Any provider that signs, in words that fit all of them. */
const ANY: Provider = {
	id: 'any',
	displayName: 'the provider',
	credentialType: 'any',
	emits: ['other'],
	chats: { ourSide: () => '', hasGroups: false, recipientOf: () => null },
	verifier: { kind: () => 'signature', header: () => '…', verify: () => ({ ok: true }) },
	secret: { label: '…', location: "the provider's dashboard", rules: [] },
	retries: 'retries it',
	normalize: () => [],
	nameOfEvent: () => null,
};

/** Why a delivery is rejected, in n8n's words, with the advice that n8n shows. */
export function rejectionsTable(): string {
	const problems = [
		...Object.keys(REJECTIONS).map((reason) => rejection(ANY, reason as RejectionReason, {})),
		credentialUnreadable('…'),
	];
	return table(
		['It says', 'What to do'],
		problems.map(({ cause, advice }) => [`\`${cause}\``, advice]),
	);
}
