import type { Provider } from '../../nodes/shared/core/provider';
import type { RefusalReason } from '../../nodes/shared/core/verification';
import { refusal, REFUSALS } from '../../nodes/shared/n8n/problem';
import { table } from './markdown';

/** Any provider that signs, in words that fit all of them. */
const ANY: Provider = {
	id: 'any',
	displayName: 'the provider',
	credentialType: 'any',
	emits: ['other'],
	proof: { kind: () => 'signature', header: () => '…', verify: () => ({ ok: true }) },
	secretLabel: '…',
	secretLocation: "the provider's dashboard",
	normalize: () => [],
	nameOfEvent: () => null,
};

/** Why a delivery is refused, in n8n's words, with the advice that n8n shows. */
export function refusalsTable(): string {
	const problems = [
		...Object.keys(REFUSALS).map((reason) => refusal(ANY, reason as RefusalReason, { data: {} })),
		refusal(ANY, 'secret_missing', { data: {}, error: '…' }),
	];
	return table(
		['It says', 'What to do'],
		problems.map(({ cause, advice }) => [`\`${cause}\``, advice]),
	);
}
