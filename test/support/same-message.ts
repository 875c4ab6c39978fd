import type { Item } from '../../nodes/shared/core/item/item';
import { sampleOf, type DiscoveredProvider } from '../kit/providers';

/** What a customer writes, whichever provider delivers it. */
export const CUSTOMER = {
	phone: '+919812345678',
	name: 'Meera Iyer',
	text: 'Is "Déjà vu" in stock? 50 % off & more 🙏',
};

/**
 * A provider's sample with one customer's number, name and text in the places of the sample's own, so
 * that all providers deliver the same.
 */
export function fromCustomer(provider: DiscoveredProvider, sample: string): Buffer {
	const { rawBody, items } = sampleOf(provider, sample);
	const [{ contact, text }] = items as unknown as [Item];
	const changes: [string | null, string][] = [
		[text, CUSTOMER.text],
		[contact.name, CUSTOMER.name],
		[contact.phone?.slice(1) ?? null, CUSTOMER.phone.slice(1)],
	];
	const changed = (value: string) =>
		changes.reduce((result, [from, to]) => (from ? result.replaceAll(from, to) : result), value);

	if (provider.simulator.contentType === 'application/x-www-form-urlencoded') {
		const fields = [...new URLSearchParams(rawBody.toString('utf8'))];
		const form = new URLSearchParams(
			fields.map(([name, value]): [string, string] => [name, changed(value)]),
		);
		return Buffer.from(form.toString());
	}
	const body: unknown = JSON.parse(rawBody.toString('utf8'), (_, value: unknown) =>
		typeof value === 'string' ? changed(value) : value,
	);
	return Buffer.from(JSON.stringify(body));
}
