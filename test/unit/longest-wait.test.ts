import { provider } from '../../nodes/PingMate/provider';
import { longestWaitOf } from '../../nodes/shared/n8n/receive/receive-delivery';

it.each([
	['no timeout', undefined, 10_000],
	['a timeout of 5 seconds', 5_000, 4_000],
	['a timeout of a minute', 60_000, 10_000],
])(
	'a copy waits no longer than the provider, which documents %s',
	(_, responseTimeoutMs, longest) => {
		expect(longestWaitOf({ ...provider, responseTimeoutMs })).toBe(longest);
	},
);
