import { once } from 'node:events';
import { createServer, type IncomingHttpHeaders, type Server } from 'node:http';
import { connect, type AddressInfo } from 'node:net';
import { headerNameProblem } from '../../nodes/shared/core/verify/header-name';

/** Of which Node.js keeps the first, by its documentation of `message.headers`. */
const KEPT_ONCE = [
	...['age', 'authorization', 'content-type', 'etag', 'expires', 'from', 'host'],
	...['if-modified-since', 'if-unmodified-since', 'last-modified', 'location', 'max-forwards'],
	...['proxy-authorization', 'referer', 'retry-after', 'server', 'user-agent'],
];

let server: Server;
let headers: IncomingHttpHeaders | undefined;

beforeAll(async () => {
	server = createServer((request, response) => {
		headers = request.headers;
		response.end();
	});
	server.listen(0, '127.0.0.1');
	await once(server, 'listening');
});

afterAll(() => {
	server.close();
});

/** What Node.js makes of a header that arrives twice; undefined where it rejects the request. */
async function sentTwice(name: string): Promise<string | string[] | undefined> {
	headers = undefined;
	const host = name.toLowerCase() === 'host' ? '' : 'Host: x\r\n';
	const socket = connect((server.address() as AddressInfo).port, '127.0.0.1');
	socket.write(
		`POST / HTTP/1.1\r\n${host}Connection: close\r\n${name}: first\r\n${name}: second\r\n\r\n`,
	);
	socket.resume();
	await once(socket, 'close');
	return (headers as IncomingHttpHeaders | undefined)?.[name.toLowerCase()];
}

it.each(KEPT_ONCE)('a second %s would not be seen, so it cannot carry the secret', async (name) => {
	expect(await sentTwice(name)).toBe('first');
	expect(headerNameProblem(name)).toContain('Use X-Webhook-Secret');
	expect(headerNameProblem(name.toUpperCase())).toContain(name.toUpperCase());
});

it.each([
	'X-Webhook-Secret',
	'x-my-secret',
	'Webhook-Token',
	'If_x',
	'Contentful',
	"!#$%&'*+.^_`|~0",
])('%s can carry the secret: a second one is seen', async (name) => {
	expect(await sentTwice(name)).toBe('first, second');
	expect(headerNameProblem(name)).toBeNull();
});

it.each([
	...[
		'Content-Length',
		'Connection',
		'Keep-Alive',
		'TE',
		'Trailer',
		'Transfer-Encoding',
		'Upgrade',
	],
	...['Cookie', 'Set-Cookie', 'Date', 'Expect', 'Forwarded', 'Origin', 'Via', 'Cache-Control'],
	...['Accept', 'Accept-Encoding', 'Content-Encoding', 'If-Match', 'Proxy-Connection', 'Range'],
	...[
		'Sec-Fetch-Mode',
		'X-Forwarded-For',
		'X-Real-IP',
		'X-Request-Id',
		'CF-Connecting-IP',
		'Traceparent',
		'Access-Control-Max-Age',
	],
])('%s has a meaning of its own on the way, so it cannot carry the secret', (name) => {
	expect(headerNameProblem(name)).toMatch(/^The Header Name .+ in HTTP.+Use X-Webhook-Secret/);
});

it.each(['', 'X Secret', 'X-Secret:', 'X-Sécret', 'X-Secret\r\nX-Other', 'X(a)', 'x'.repeat(101)])(
	'%j is no name of a header',
	(name) => {
		expect(headerNameProblem(name)).toMatch(/^The Header Name isn't one .+Use X-Webhook-Secret/);
	},
);
