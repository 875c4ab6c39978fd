import { rawBodyOf } from '../../nodes/shared/n8n/receive/read-request';

describe('the bytes of a request', () => {
	type Request = Parameters<typeof rawBodyOf>[0];
	const bytes = Buffer.from('{}');
	const requestWith = (request: object) => request as Request;

	it('are not read again where n8n has read them', async () => {
		const readRawBody = jest.fn();

		expect(await rawBodyOf(requestWith({ rawBody: bytes, readRawBody }))).toBe(bytes);
		expect(readRawBody).not.toHaveBeenCalled();
	});

	it('are read where n8n has not', async () => {
		const request = {
			rawBody: undefined as Buffer | undefined,
			readRawBody: async () => {
				request.rawBody = bytes;
			},
		};

		expect(await rawBodyOf(requestWith(request))).toBe(bytes);
	});

	it('are null where they cannot be had', async () => {
		const hungUp = async () => await Promise.reject(new Error('aborted'));

		expect(await rawBodyOf(requestWith({ readRawBody: hungUp }))).toBeNull();
		expect(await rawBodyOf(requestWith({ readRawBody: async () => undefined }))).toBeNull();
	});
});
