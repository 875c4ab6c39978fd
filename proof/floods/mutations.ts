import fc from 'fast-check';

/** What somebody on the way may do to the bytes of a delivery. */
export type Mutation = (body: Buffer) => Buffer;

/** Any change: a bit, an end cut off, something behind. */
export function mutations(): fc.Arbitrary<Mutation> {
	return fc.oneof(
		fc.tuple(fc.nat(), fc.integer({ min: 0, max: 7 })).map(
			([at, bit]): Mutation =>
				(body) =>
					withByte(body, at, (byte) => byte ^ (1 << bit)),
		),
		fc.nat().map(
			(at): Mutation =>
				(body) =>
					body.subarray(0, 1 + (at % (body.length - 1))),
		),
		fc.nat().map(
			(at): Mutation =>
				(body) =>
					body.subarray(1 + (at % (body.length - 1))),
		),
		fc.uint8Array({ minLength: 1, maxLength: 64 }).map(
			(bytes): Mutation =>
				(body) =>
					Buffer.concat([body, bytes]),
		),
		fc.constantFrom(' ', '\n', '{}', '&x=1', '\0').map(appended),
		fc.constant<Mutation>((body) => Buffer.concat([body, body])),
	);
}

/** Changes after which a JSON text cannot be read any more. */
export function breakingMutations(): fc.Arbitrary<Mutation> {
	return fc.oneof(
		fc.nat().map(
			(at): Mutation =>
				(body) =>
					withByte(body, asciiAt(body, at), (byte) => byte | 0x80),
		),
		fc.nat().map(
			(at): Mutation =>
				(body) =>
					body.subarray(0, 1 + (at % (lengthOf(body) - 1))),
		),
		fc.constantFrom('{}', '}', '\0', ',', 'x').map(appended),
	);
}

/** Changes the byte at an index, which may lie beyond the end and then begins anew. */
export function withByte(body: Buffer, at: number, change: (byte: number) => number): Buffer {
	const changed = Buffer.from(body);
	const index = at % body.length;
	changed[index] = change(changed[index] ?? 0);
	return changed;
}

function appended(text: string): Mutation {
	return (body) => Buffer.concat([body, Buffer.from(text)]);
}

/** Without what may follow a JSON text. */
const lengthOf = (body: Buffer) => body.toString('latin1').trimEnd().length;

/** A place between bytes of ASCII, where one that is not cannot be read. */
function asciiAt(body: Buffer, at: number): number {
	const isAscii = (index: number) => (body[index] ?? 0) < 0x80;
	for (let index = at % body.length; index > 0; index--) {
		if ([index - 1, index, index + 1].every(isAscii)) return index;
	}
	return 0;
}
