import type { JsonObject } from '../../core/values/json';
import { camelCased } from '../camel-case';
import { contentOfWebMessage } from '../content';
import { readWebMessage } from '../message';

const read = (message: JsonObject, hints = {}) => {
	const web = readWebMessage(message, hints);
	return { ...web, ...contentOfWebMessage(web) };
};

const within = (...names: string[]) =>
	names.reduceRight<JsonObject>((message, name) => ({ [name]: { message } }), {
		conversation: 'Hi',
	});

describe('a message within messages', () => {
	it.each([
		'ephemeralMessage',
		'viewOnceMessageV2Extension',
		'documentWithCaptionMessage',
		'groupMentionedMessage',
		'lottieStickerMessage',
		'botInvokeMessage',
		'groupStatusMessageV2',
		'associatedChildMessage',
		'questionReplyMessage',
		'deviceSentMessage',
		'statusAddYours',
		'somethingThatNobodyKnows',
	])('is found in %s', (name) => {
		expect(read(within(name))).toMatchObject({ kind: 'written', messageType: 'text', text: 'Hi' });
	});

	it('is found in several, and is an edit where one of them says so', () => {
		expect(read(within('deviceSentMessage', 'ephemeralMessage', 'viewOnceMessage'))).toMatchObject({
			kind: 'written',
			text: 'Hi',
		});
		expect(read(within('ephemeralMessage', 'editedMessage'))).toMatchObject({
			kind: 'not written',
			messageType: 'edit',
			text: 'Hi',
		});
	});

	it.each([{}, { message: null }])('is an edit also where its content is missing: %j', (part) => {
		expect(read({ ephemeralMessage: { message: { editedMessage: part } } })).toMatchObject({
			kind: 'not written',
			messageType: 'edit',
			text: null,
		});
	});

	it('keeps the address of a file that stands outside', () => {
		const message = { viewOnceMessage: { message: { imageMessage: {} } }, mediaUrl: 'https://x' };

		expect(read(message).media?.url).toBe('https://x');
	});

	it('says what a comment is about', () => {
		const commentMessage = { message: { conversation: 'Hi' }, targetMessageKey: { id: 'A0' } };

		expect(read({ commentMessage })).toMatchObject({ text: 'Hi', context: { messageId: 'A0' } });
	});
});

describe('what nobody wrote', () => {
	it.each<[JsonObject, string, string | null]>([
		[{ protocolMessage: { type: 'REVOKE', key: { id: 'A0' } } }, 'revoke', 'A0'],
		[{ protocolMessage: { type: 0, key: { id: 'A0' } } }, 'revoke', 'A0'],
		[{ protocolMessage: { type: 14, key: { id: 'A0' } } }, 'edit', 'A0'],
		[{ protocolMessage: { type: 'EPHEMERAL_SETTING' } }, 'ephemeral_setting', null],
		[{ protocolMessage: { type: 'SHARE_PHONE_NUMBER' } }, 'share_phone_number', null],
		[
			{ protocolMessage: { type: 'LID_MIGRATION_MAPPING_SYNC' } },
			'lid_migration_mapping_sync',
			null,
		],
		[{ protocolMessage: { type: 30 } }, 'protocol', null],
		[{ protocolMessage: {} }, 'protocol', null],
		[
			{ limitSharingMessage: { message: { protocolMessage: { type: 'LIMIT_SHARING' } } } },
			'limit_sharing',
			null,
		],
		[
			{ secretEncryptedMessage: { targetMessageKey: { id: 'A0' }, secretEncType: 2 } },
			'edit',
			'A0',
		],
		[{ pinInChatMessage: { key: { id: 'A0' }, type: 'PIN_FOR_ALL' } }, 'pin_in_chat', 'A0'],
		[{ keepInChatMessage: { key: { id: 'A0' } } }, 'keep_in_chat', 'A0'],
		[{ pollUpdateMessage: { pollCreationMessageKey: { id: 'A0' } } }, 'poll_vote', 'A0'],
		[{ encReactionMessage: { targetMessageKey: { id: 'A0' } } }, 'enc_reaction', 'A0'],
		[
			{ encEventResponseMessage: { eventCreationMessageKey: { id: 'A0' } } },
			'event_response',
			'A0',
		],
		[{ scheduledCallEditMessage: { key: { id: 'A0' } } }, 'scheduled_call_edit', 'A0'],
		[{ cancelPaymentRequestMessage: { key: { id: 'A0' } } }, 'cancel_payment_request', 'A0'],
		[{ messageHistoryBundle: {} }, 'message_history_bundle', null],
		[{ albumMessage: { expectedImageCount: 3 } }, 'album', null],
		[{ callLogMesssage: { callOutcome: 'MISSED' } }, 'call_log', null],
		[{ call: { conversionSource: 'x' } }, 'call', null],
		[{ senderKeyDistributionMessage: { groupId: 'x' } }, 'sender_key_distribution', null],
		[{ request_welcomeMessage: {} }, 'request_welcome', null],
	])('is told by %j', (message, change, about) => {
		expect(read(message)).toMatchObject({ kind: 'not written', messageType: change, about });
	});

	it('is a notice that stands in for a message, by name and by number', () => {
		for (const messageStubType of ['GROUP_PARTICIPANT_ADD', 27, 'CALL_MISSED_VOICE']) {
			expect(read({}, { messageStubType })).toMatchObject({ kind: 'not written' });
		}
	});

	it('has the new file of an edit', () => {
		const editedMessage = { imageMessage: { caption: 'Blue', mimetype: 'image/png' } };

		expect(read({ protocolMessage: { type: 14, editedMessage } })).toMatchObject({
			messageType: 'edit',
			text: 'Blue',
			media: { mimeType: 'image/png' },
		});
	});

	it('has the names of options, and no hash of one', () => {
		const voteFor = (...selectedOptions: unknown[]) =>
			read({ pollUpdateMessage: { vote: { selectedOptions } } }).text;

		expect(voteFor('Monday', 'Friday')).toBe('Monday, Friday');
		expect(voteFor(`${'A'.repeat(43)}=`, 'ab'.repeat(32), { type: 'Buffer' })).toBeNull();
	});
});

describe('what only announces a message', () => {
	it.each<[string, JsonObject, object]>([
		['nothing', {}, {}],
		['what comes beside content', { messageContextInfo: {} }, {}],
		['a message that cannot be decrypted', {}, { messageStubType: 'CIPHERTEXT' }],
		['one by number', {}, { messageStubType: 2 }],
		['one from the future', {}, { messageStubType: 'FUTUREPROOF' }],
		['an empty text', { conversation: '' }, {}],
		['an empty wrapper', { ephemeralMessage: { message: {} } }, {}],
		['a message for the phone only', { placeholderMessage: { type: 'MASK_LINKED_DEVICES' } }, {}],
		['one that Meta does not support', { unsupportedMessage: {} }, {}],
		['one that a server does not know', {}, { messageType: 'unknown' }],
	])('is %s', (_, message, hints) => {
		expect(read(message, hints).kind).toBe('placeholder');
	});

	it('is no message with content, whatever stands beside it', () => {
		expect(read({ conversation: 'Hi' }, { messageStubType: 'CIPHERTEXT' }).kind).toBe('written');
		expect(
			read({ senderKeyDistributionMessage: {}, messageContextInfo: {}, conversation: 'Hi' }).kind,
		).toBe('written');
	});
});

describe('the text that a person reads', () => {
	const body = { text: 'Which day?' };

	it.each<[string, JsonObject, string, string]>([
		[
			'a template',
			{
				templateMessage: {
					hydratedTemplate: {
						hydratedTitleText: 'Hi',
						hydratedContentText: 'Code 0000',
						hydratedFooterText: 'x',
					},
				},
			},
			'template',
			'Hi\nCode 0000',
		],
		[
			'a template of four rows',
			{ templateMessage: { hydratedFourRowTemplate: { hydratedContentText: 'Code 0000' } } },
			'template',
			'Code 0000',
		],
		[
			'a template that is interactive',
			{ templateMessage: { interactiveMessageTemplate: { body } } },
			'template',
			'Which day?',
		],
		[
			'an older template',
			{
				highlyStructuredMessage: {
					hydratedHsm: { hydratedTemplate: { hydratedContentText: 'Code 0000' } },
				},
			},
			'template',
			'Code 0000',
		],
		[
			'buttons',
			{ buttonsMessage: { contentText: 'Which day?', footerText: 'x' } },
			'buttons',
			'Which day?',
		],
		[
			'buttons with a heading',
			{ buttonsMessage: { text: 'Days', contentText: 'Which day?' } },
			'buttons',
			'Days\nWhich day?',
		],
		[
			'a list',
			{ listMessage: { title: 'Days', description: 'Which day?', buttonText: 'x' } },
			'list',
			'Days\nWhich day?',
		],
		[
			'a list by its description',
			{ listMessage: { description: 'Which day?' } },
			'list',
			'Which day?',
		],
		[
			'native buttons',
			{ interactiveMessage: { header: { title: 'Days' }, body } },
			'interactive',
			'Days\nWhich day?',
		],
		[
			'a carousel',
			{
				interactiveMessage: {
					body,
					carouselMessage: { cards: [{ header: { title: 'A' }, body: { text: 'B' } }] },
				},
			},
			'interactive',
			'Which day?\nA\nB',
		],
		[
			'a product',
			{ productMessage: { product: { title: 'Teapot', description: 'Blue' } } },
			'product',
			'Teapot\nBlue',
		],
		[
			'a question about a product',
			{ productMessage: { product: { title: 'Teapot' }, body: 'In stock?' } },
			'product',
			'Teapot\nIn stock?',
		],
		[
			'an order without words',
			{ orderMessage: { orderTitle: 'Corner Shop' } },
			'order',
			'Corner Shop',
		],
		['an event', { eventMessage: { name: 'Tea', description: 'At five' } }, 'event', 'Tea'],
		[
			'an invitation to a group',
			{ groupInviteMessage: { groupName: 'Team', caption: 'Join us' } },
			'group_invite',
			'Join us',
		],
		[
			'an invitation without words',
			{ groupInviteMessage: { groupName: 'Team' } },
			'group_invite',
			'Team',
		],
		[
			'a payment with a note',
			{ sendPaymentMessage: { noteMessage: { extendedTextMessage: { text: 'Rent' } } } },
			'send_payment',
			'Rent',
		],
		['an invoice', { invoiceMessage: { note: 'Rent' } }, 'invoice', 'Rent'],
		[
			'a call that is planned',
			{ scheduledCallCreationMessage: { title: 'Tea' } },
			'scheduled_call_creation',
			'Tea',
		],
		[
			'a poll of a later version',
			{ pollCreationMessageV12: { name: 'Which day?' } },
			'poll_creation',
			'Which day?',
		],
		['a pack of stickers', { stickerPackMessage: { name: 'Cats' } }, 'sticker_pack', 'Cats'],
		[
			'an answer to a question of ours',
			{ statusQuestionAnswerMessage: { text: 'Blue' } },
			'status_question_answer',
			'Blue',
		],
		['a type that nobody knows', { somethingNewMessage: { body } }, 'something_new', 'Which day?'],
	])('is there for %s', (_, message, messageType, text) => {
		const item = read(message);

		expect(item).toMatchObject({ kind: 'written', messageType, text });
		expect(item).not.toHaveProperty('interactive');
	});

	it('comes with the picture above it', () => {
		const imageMessage = { mimetype: 'image/jpeg' };

		for (const message of [
			{ buttonsMessage: { contentText: 'x', imageMessage } },
			{ templateMessage: { hydratedTemplate: { hydratedContentText: 'x', imageMessage } } },
			{ interactiveMessage: { header: { imageMessage }, body } },
		]) {
			expect(read(message).media).toMatchObject({ mimeType: 'image/jpeg', url: null });
		}
	});
});

describe('totals', () => {
	it.each([
		[25_500, 25.5],
		['25500', 25.5],
		[{ low: 25_500, high: 0, unsigned: false }, 25.5],
		[undefined, null],
	])('are in thousandths: %j', (totalAmount1000, total) => {
		expect(read({ orderMessage: { totalAmount1000 } }).order).toEqual({
			catalogId: null,
			items: [],
			total,
		});
	});
});

describe("Meta's form under WhatsApp Web's names", () => {
	it('is read as such', () => {
		const order = { catalog_id: '5', product_items: [{ quantity: 2, item_price: 10 }] };
		const reply = { type: 'button_reply', button_reply: { id: 'yes', title: 'Yes' } };

		expect(read({ orderMessage: order }).order).toMatchObject({ catalogId: '5', total: 20 });
		expect(read({ interactiveMessage: reply }).interactive).toMatchObject({
			id: 'yes',
			title: 'Yes',
		});
		expect(read({ buttonMessage: { payload: 'yes', text: 'Yes' } }).interactive).toMatchObject({
			id: 'yes',
		});
		expect(read({ audioMessage: { voice: true, mime_type: 'audio/ogg' } }).media).toMatchObject({
			voice: true,
			mimeType: 'audio/ogg',
		});
		expect(
			read({ documentMessage: { filename: 'a.pdf', sha256: 'x', id: '6' } }).media,
		).toMatchObject({
			filename: 'a.pdf',
			sha256: 'x',
			id: '6',
		});
		expect(read({ locationMessage: { latitude: 1, longitude: 2 } }).location).toMatchObject({
			latitude: 1,
		});
		expect(
			read({ contactsMessage: [{ name: { formatted_name: 'Lina' } }] }).contacts,
		).toMatchObject([{ name: 'Lina' }]);
	});
});

describe("whatsmeow's names", () => {
	it('become those of the protocol', () => {
		expect(
			camelCased({
				templateButtonReplyMessage: { selectedID: 'a', contextInfo: { stanzaID: 'b' } },
				imageMessage: { URL: 'c', fileSHA256: 'd', JPEGThumbnail: 'e', staticURL: 'f' },
				audioMessage: { PTT: true },
				buttonsResponseMessage: { selectedButtonID: 'g', Response: { SelectedDisplayText: 'h' } },
				interactiveResponseMessage: {
					InteractiveResponseMessage: { NativeFlowResponseMessage: { paramsJSON: '{}' } },
				},
				orderMessage: { totalAmount1000: 5 },
			}),
		).toEqual({
			templateButtonReplyMessage: { selectedId: 'a', contextInfo: { stanzaId: 'b' } },
			imageMessage: { url: 'c', fileSha256: 'd', jpegThumbnail: 'e', staticUrl: 'f' },
			audioMessage: { ptt: true },
			buttonsResponseMessage: { selectedButtonId: 'g', selectedDisplayText: 'h' },
			interactiveResponseMessage: { nativeFlowResponseMessage: { paramsJson: '{}' } },
			orderMessage: { totalAmount1000: 5 },
		});
	});

	it('end where no message of the protocol is as deep', () => {
		let deep: unknown = 'x';
		for (let depth = 0; depth < 100_000; depth++) deep = depth % 2 === 0 ? { deep } : [deep];

		expect(JSON.stringify(camelCased({ deep })).length).toBeLessThan(1_000);
	});
});

describe('the ad that a customer came from', () => {
	const referralOf = (contextInfo: JsonObject) =>
		read({ extendedTextMessage: { text: 'Hi', contextInfo } }).referral;

	it.each([
		[{ externalAdReply: { sourceId: '1' } }],
		[{ externalAdReply: { ctwaClid: '1' } }],
		[{ externalAdReply: { sourceType: 'ad' } }],
		[{ externalAdReply: { title: 'x' }, entryPointConversionSource: 'ctwa_ad' }],
		[{ externalAdReply: { title: 'x' }, conversionSource: 'FB_Ads' }],
	])('is told by %j', (contextInfo) => {
		expect(referralOf(contextInfo)).toBeDefined();
	});

	it('is not the preview of a link', () => {
		expect(
			referralOf({ externalAdReply: { title: 'x', sourceUrl: 'https://x.example' } }),
		).toBeUndefined();
		expect(referralOf({ entryPointConversionSource: 'global_search_new_chat' })).toBeUndefined();
	});
});
