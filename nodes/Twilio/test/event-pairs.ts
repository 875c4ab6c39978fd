import type { EventPairs } from '../../../test/support/event-pairs';

const SID = 'SM000000000000000000000000000000a1';

const status = (fields: string) => `MessageSid=${SID}&From=whatsapp%3A%2B14155238886&${fields}`;

export const eventPairs: EventPairs = {
	twoEvents: [
		[
			'a message is delivered, then read',
			status('MessageStatus=delivered'),
			status('MessageStatus=read'),
		],
		[
			'a message fails without a reason, then with one',
			status('MessageStatus=failed'),
			status('MessageStatus=failed&ErrorCode=63016'),
		],
		[
			'one message is queued, then being sent',
			status('MessageStatus=queued'),
			status('MessageStatus=sending'),
		],
		[
			'a message is on its way, then comes with its text',
			`MessageSid=${SID}&SmsStatus=receiving`,
			`MessageSid=${SID}&SmsStatus=received&Body=Hi`,
		],
	],
	oneEvent: [
		[
			'a message that comes again, with a field that is new',
			`MessageSid=${SID}&SmsStatus=received&Body=Hi`,
			`MessageSid=${SID}&SmsStatus=received&Body=Hi&NewField=1`,
		],
		['a status that comes again', status('MessageStatus=read'), status('MessageStatus=read')],
		['fields in another order', 'CallSid=CA1&Digits=1', 'Digits=1&CallSid=CA1'],
		['fields that are cut in another way', 'CallSid=CA1&Digits=1', 'CallS=idCA1&Digits=1'],
	],
	timeless: [['a form that is no message', 'CallSid=CA1&Digits=1']],
	timed: [],
};
