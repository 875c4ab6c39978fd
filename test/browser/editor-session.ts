import { Instance } from '../kit/n8n/instance';
import { Editor } from './editor';

/** A real n8n with the package in it, and its editor in a browser. */
export interface EditorSession {
	n8n: Instance;
	editor: Editor;
}

/**
 * Starts n8n and a browser before a file's tests, and stops them afterwards. Each file has an n8n of
 * its own: n8n chooses a credential by itself where it has only one of its type.
 *
 * @param environment more of n8n's settings, once they are known
 * @returns what is filled in before the first test
 */
export function startEditorSession(
	environment: () => Record<string, string> = () => ({}),
): EditorSession {
	const session = {} as EditorSession;

	beforeAll(async () => {
		session.n8n = await Instance.launch(environment());
		session.editor = await Editor.open(session.n8n.url);
		await session.editor.signIn();
	});

	afterAll(async () => {
		try {
			await session.editor.close();
		} finally {
			await session.n8n.remove();
		}
	});

	return session;
}

/** Runs a test; when it fails, the error says where the picture of the screen is. */
export async function withPictureOfFailure(
	session: EditorSession,
	test: () => Promise<void>,
): Promise<void> {
	try {
		await test();
	} catch (error) {
		throw new Error(await session.editor.pictureOfFailure(), { cause: error });
	}
}

/** Makes the steps of one journey, each of which needs those before it. */
export function journey(
	session: EditorSession,
): (title: string, test: () => Promise<void>) => void {
	let failedStep: string | undefined;
	return (title, test) => {
		it(title, async () => {
			if (failedStep) throw new Error(`It needs a step that failed: "${failedStep}"`);
			failedStep = title;
			await withPictureOfFailure(session, test);
			failedStep = undefined;
		});
	};
}
