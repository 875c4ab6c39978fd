import { ApiFault } from '../../nodes/shared/n8n/api/fault';
import * as baseUrl from '../../nodes/shared/n8n/api/base-url';

const DEFAULT_URL = 'https://api.example.com';

const baseUrlFrom = (value: string) => baseUrl.baseUrlFrom(value, DEFAULT_URL);

it.each([
	['', DEFAULT_URL],
	[' \n', DEFAULT_URL],
	['https://api.example.com', 'https://api.example.com'],
	[' https://API.example.com/ ', 'https://api.example.com'],
	['https://gateway.example:8443/api//', 'https://gateway.example:8443/api'],
	['https://gateway.example//api/a', 'https://gateway.example//api/a'],
	['http://localhost:5678', 'http://localhost:5678'],
	['http://127.0.0.1:1//', 'http://127.0.0.1:1'],
	['http://127.255.0.9', 'http://127.255.0.9'],
	['http://[::1]:1', 'http://[::1]:1'],
])('the Base URL %j is read as %s', (value, expected) => {
	expect(baseUrlFrom(value)).toBe(expected);
});

it.each([
	'http://api.example.com',
	'HTTP://api.example.com',
	'http://10.0.0.1',
	'http://0.0.0.0',
	'http://127.0.0.1.example.com',
	'http://127.example.com',
	'http://localhost.example.com',
	'http://notlocalhost',
	'http://user:localhost@x.example',
	'http://localhost@x.example',
	'http://[::2]',
])('the key goes to another machine encrypted only: %s is rejected', (value) => {
	expect(() => baseUrlFrom(value)).toThrow(/begins with http:\/\/, so the key/);
});

it.each(['api.example.com', 'x', '/v1', 'https://', 'https://a b', 'file:///etc', 'ftp://x'])(
	'what is no web address is rejected: %s',
	(value) => {
		expect(() => baseUrlFrom(value)).toThrow('is not a web address');
	},
);

it.each([
	'https://x.example?a=b',
	'https://x.example/#a',
	'https://user@x.example',
	'https://:password@x.example',
])('what would change the path or the key is rejected: %s', (value) => {
	expect(() => baseUrlFrom(value)).toThrow('more in it than a host and a path');
});

it('takes off as many slashes as an address can have, and rejects a longer one', () => {
	const host = 'https://x.example';
	const slashes = '/'.repeat(2_000 - host.length);

	expect(baseUrlFrom(host + slashes)).toBe(host);
	expect(() => baseUrlFrom(`${host}${slashes}/`)).toThrow('is not a web address');
	expect(() => baseUrlFrom(`${host}${'/'.repeat(100_000)}x`)).toThrow('is not a web address');
});

it('says where to go instead', () => {
	let thrown: unknown;
	try {
		baseUrlFrom('x');
	} catch (error) {
		thrown = error;
	}

	expect(thrown).toBeInstanceOf(ApiFault);
	expect((thrown as ApiFault).advice).toMatch(/^Set it to https:\/\/api\.example\.com\./);
});
