import type { OutgoingRequest, Service, ServiceResponse } from '../../kit/services/outgoing';

const LONGEST_CELL = 50_000;

/**
 * Google Sheets API v4, as far as n8n's node uses it to append rows (Google Sheets API reference:
 * spreadsheets.get, spreadsheets.values get, update and append). One spreadsheet with one sheet.
 */
export class FakeGoogleSheets implements Service {
	readonly host = 'sheets.googleapis.com';

	/** The sheet's cells, its headings first. */
	rows: string[][] = [];

	/** How the values were to be read: as they are, or as if somebody typed them (formulas). */
	inputOptions = new Set<string>();

	/** Statuses for the next rows to be appended, instead of an answer. */
	faults: number[] = [];

	constructor(
		private readonly token: string,
		private readonly spreadsheetId: string,
	) {}

	respond(request: OutgoingRequest & { path: string }): ServiceResponse {
		const { method, path, query, authorization } = request;
		if (authorization !== `Bearer ${this.token}`) return failure(401, 'UNAUTHENTICATED');
		const [, id, range, action] =
			/^\/v4\/spreadsheets\/([^/]+)(?:\/values\/([^/]+?)(:append)?)?$/.exec(path) ?? [];
		if (id !== this.spreadsheetId) return failure(404, 'NOT_FOUND');
		if (range === undefined) {
			const properties = { sheetId: 0, title: 'Sheet1', index: 0 };
			return { status: 200, json: { sheets: [{ properties }] } };
		}
		if (!/^'?Sheet1'?(!|$)/.test(decodeURIComponent(range))) {
			return failure(400, 'INVALID_ARGUMENT');
		}
		if (method === 'GET') {
			return {
				status: 200,
				json: { range, majorDimension: 'ROWS', ...(this.rows.length > 0 && { values: this.rows }) },
			};
		}

		const { valueInputOption } = query;
		if (valueInputOption !== 'RAW' && valueInputOption !== 'USER_ENTERED') {
			return failure(400, 'INVALID_ARGUMENT');
		}
		this.inputOptions.add(valueInputOption);
		const { values: given = [] } = request.body as { values?: (string | null)[][] };
		// A cell that is null is left as it is, which in a new row is empty.
		const values = given.map((row) =>
			row.map((value) => (valueInputOption === 'RAW' ? (value ?? '') : asTyped(value ?? ''))),
		);
		if (values.flat().some((value) => value.length > LONGEST_CELL)) {
			return failure(400, 'INVALID_ARGUMENT');
		}
		const fault = this.faults.shift();
		if (fault) return failure(fault, fault === 403 ? 'PERMISSION_DENIED' : 'UNAVAILABLE');
		if (method === 'POST' && action === ':append') this.rows.push(...values);
		else if (method === 'PUT') this.rows.splice(firstRowOf(range), values.length, ...values);
		else return failure(404, 'NOT_FOUND');
		return { status: 200, json: { spreadsheetId: id, updates: { updatedRows: values.length } } };
	}
}

/** What Google Sheets shows of a cell as if somebody typed it: what a formula comes to, and numbers as numbers. */
function asTyped(value: string): string {
	if (value.startsWith('=')) return '#ERROR!';
	return /^[+-]?\d+$/.test(value) ? String(Number(value)) : value.replace(/^'/, '');
}

function firstRowOf(range: string): number {
	return Number(/!\D*(\d+)/.exec(decodeURIComponent(range))?.[1] ?? 1) - 1;
}

function failure(code: number, status: string): ServiceResponse {
	return { status: code, json: { error: { code, status, message: status } } };
}
