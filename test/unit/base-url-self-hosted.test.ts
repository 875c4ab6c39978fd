import { baseUrlFrom } from '../../nodes/shared/n8n/api/base-url';

const DEFAULT = 'http://localhost:3000';

describe('the address of a server of the user’s own', () => {
	it.each([
		['the name of a container', 'http://waha:3000'],
		['a name with an underscore', 'http://my_waha_1:3000'],
		['the machine around a container', 'http://host.docker.internal:3000'],
		['a name of the local network', 'http://server.local/waha'],
		['a name below localhost', 'http://waha.localhost'],
		['a name of a home router', 'http://server.home:3000'],
		['a name of an office', 'http://waha.intranet.corp'],
		['a name reserved for tests', 'http://waha.test'],
		['a service of Kubernetes, with its namespace', 'http://waha.default.svc:3000'],
		['the same in full', 'http://waha.default.svc.cluster.local:3000'],
		['a container in a network of Docker', 'http://waha.n8n_default:3000'],
		['the same without an underscore', 'http://waha.net-1:3000'],
		['10/8', 'http://10.1.2.3:3000'],
		['172.16/12', 'http://172.31.255.1:3000'],
		['192.168/16', 'http://192.168.0.10:3000'],
		['100.64/10', 'http://100.127.1.2:3000'],
		['169.254/16', 'http://169.254.3.4:3000'],
		['a unique local IPv6 address', 'http://[fd12::1]:3000'],
		['https anywhere', 'https://waha.example.com'],
	])('may be %s', (_, url) => {
		expect(baseUrlFrom(url, DEFAULT, { isSelfHosted: true })).toBe(url);
	});

	it.each([
		['a public name', 'http://waha.example.com:3000'],
		['a public address', 'http://8.8.8.8:3000'],
		['an address beside 172.16/12', 'http://172.32.0.1'],
		['an address beside 100.64/10', 'http://100.128.0.1'],
		['a public address in another notation', 'http://134744072'],
		['a public name that begins like a private address', 'http://10.example.com'],
		['a public name that ends almost like a local one', 'http://x.notlocal'],
		['a name of Tailscale, which Funnel makes public', 'http://waha.tail1234.ts.net:3000'],
		['a router that anybody could have registered', 'http://fritz.box'],
		['an internationalized top-level domain', 'http://waha.xn--p1ai'],
		['a local ending in the middle', 'http://waha.svc.example.com'],
		['a dot at the end', 'http://waha.com.'],
		['a public IPv6 address', 'http://[2001:db8::1]'],
	])('may not be %s without encryption', (_, url) => {
		expect(() => baseUrlFrom(url, DEFAULT, { isSelfHosted: true })).toThrow(
			'begins with http://, so the key would be sent unencrypted',
		);
	});

	it('is on this machine, where the server is a company’s', () => {
		expect(() => baseUrlFrom('http://waha:3000', DEFAULT)).toThrow('unencrypted');
	});
});
