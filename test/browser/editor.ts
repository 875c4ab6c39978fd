import { existsSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { chromium, selectors, type Browser, type Locator, type Page } from 'playwright-core';
import { OWNER } from '../kit/n8n/client';
import { until } from '../kit/until';
import { chromiumPath } from './install-chromium';

const PROJECT = join(__dirname, '..', '..');
const VIEWPORT = { width: 1280, height: 900 };

/** The editor is slow on its first load, the more so on a busy machine. */
const PATIENCE_MS = 90_000;

/** Nothing but the test may make this browser work, and it needs neither screen nor sandbox. */
const FLAGS = [
	'--no-sandbox',
	'--disable-gpu',
	'--no-first-run',
	'--disable-background-networking',
	'--disable-component-update',
	'--disable-sync',
];

const SCREENSHOTS = join(PROJECT, 'coverage', 'screenshots');

/** The documents' pictures, which `UPDATE_SCREENSHOTS=1` retakes. */
const IMAGES = join(PROJECT, 'docs', 'images');

selectors.setTestIdAttribute('data-test-id');

/** n8n's editor as a person uses it: everything goes by what is on the screen. */
export class Editor {
	/** What the hand did so far; a detour is not counted. */
	readonly effort = { clicks: 0, fields: 0 };

	private isCounting = true;

	private constructor(
		private readonly browser: Browser,
		readonly page: Page,
		private readonly url: string,
	) {}

	/** Starts a browser in front of an n8n. */
	static async open(url: string): Promise<Editor> {
		const browser = await chromium.launch({ executablePath: chromiumPath(), args: FLAGS });
		const page = await browser.newPage({ viewport: VIEWPORT, deviceScaleFactor: 1 });
		page.setDefaultTimeout(PATIENCE_MS);
		return new Editor(browser, page, url);
	}

	async close(): Promise<void> {
		await this.browser.close();
	}

	/** n8n's window for a node: trigger panel, parameters, output. */
	get nodePanel(): Locator {
		return this.page.getByTestId('ndv');
	}

	get credentialDialog(): Locator {
		return this.page.getByTestId('editCredential-modal');
	}

	async click(target: Locator): Promise<void> {
		await target.click();
		if (this.isCounting) this.effort.clicks++;
	}

	async fill(target: Locator, text: string): Promise<void> {
		await target.fill(text);
		if (this.isCounting) this.effort.fields++;
	}

	/** Counts from here on. */
	startCounting(): void {
		Object.assign(this.effort, { clicks: 0, fields: 0 });
	}

	/** Does something that a person who makes no mistake would not have to do. */
	async detour(steps: () => Promise<void>): Promise<void> {
		this.isCounting = false;
		try {
			await steps();
		} finally {
			this.isCounting = true;
		}
	}

	/** Waits until a text is on the screen. */
	async sees(text: string | RegExp, within: Locator | Page = this.page): Promise<void> {
		await within.getByText(text).filter({ visible: true }).first().waitFor();
	}

	/** Saves a picture of the screen, without messages that pass. */
	async picture(name: string): Promise<void> {
		const file = `${name}.png`;
		const isForDocuments = process.env.UPDATE_SCREENSHOTS && existsSync(join(IMAGES, file));
		mkdirSync(SCREENSHOTS, { recursive: true });
		await this.page.screenshot({
			path: join(isForDocuments ? IMAGES : SCREENSHOTS, file),
			animations: 'disabled',
			caret: 'hide',
			style: '.el-notification { display: none }',
		});
	}

	/** Saves what is on the screen for whoever has to find out why a test failed. */
	async pictureOfFailure(): Promise<string> {
		mkdirSync(SCREENSHOTS, { recursive: true });
		const path = join(SCREENSHOTS, `failure-${Date.now()}.png`);
		await this.page.screenshot({ path });
		return `The screen at ${this.page.url()} is in ${path}`;
	}

	async signIn(): Promise<void> {
		await this.page.goto(`${this.url}/signin`);
		await this.page.getByLabel('Email').fill(OWNER.email);
		await this.page.getByLabel('Password').fill(OWNER.password);
		await this.page.getByRole('button', { name: 'Sign in' }).click();
		await this.page.waitForURL((url) => !url.pathname.startsWith('/signin'));
	}

	/** An empty canvas. */
	async newWorkflow(): Promise<void> {
		await this.page.goto(`${this.url}/workflow/new`);
		await this.sees('Add first step');
	}

	/** Opens a saved workflow. */
	async openWorkflow(id: string): Promise<void> {
		await this.page.goto(`${this.url}/workflow/${id}`);
		await this.page.getByTestId('canvas-node').first().waitFor();
	}

	/** Imports a file into an empty workflow, by its menu; the system's own window is not counted. */
	async importFile(path: string): Promise<void> {
		await this.newWorkflow();
		await this.click(this.page.getByTestId('workflow-menu'));
		await this.click(this.page.getByTestId('workflow-menu-item-import'));
		const chooser = this.page.waitForEvent('filechooser');
		await this.click(this.page.getByTestId('workflow-menu-item-import-from-file'));
		await (await chooser).setFiles(path);
		await this.page.getByTestId('canvas-node').first().waitFor();
	}

	/** Runs a node, by the button that appears when one points at it. */
	async executeNode(name: string): Promise<void> {
		await this.node(name).hover();
		await this.click(this.node(name).getByTestId('execute-node-button'));
	}

	/** Saves the workflow as the keyboard does, and waits for it: n8n runs what it has saved. */
	async save(): Promise<void> {
		const saved = this.page.waitForResponse(
			(response) =>
				response.request().method() === 'PATCH' &&
				/\/rest\/workflows\/\w+$/.test(response.url()) &&
				response.ok(),
		);
		await this.page.keyboard.press('ControlOrMeta+s');
		await saved;
	}

	/** Publishes the workflow. */
	async publish(): Promise<void> {
		await this.click(this.page.getByTestId('workflow-open-publish-modal-button'));
		await this.click(this.page.getByTestId('workflow-publish-button'));
	}

	/** Closes what n8n shows when a workflow is published for the first time. */
	async closePublished(): Promise<void> {
		await this.click(this.page.getByRole('button', { name: 'Got it' }));
		await this.detour(async () => {
			await this.click(this.page.getByTestId('suggested-actions-close'));
		});
	}

	/** Opens the nodes panel from the empty canvas and searches it. */
	async searchFirstStep(text: string): Promise<void> {
		await this.click(this.page.getByTestId('canvas-plus-button'));
		await this.fill(this.page.getByTestId('node-creator-search-bar'), text);
	}

	/** The entry of the nodes panel with this name. */
	foundNode(name: string): Locator {
		return this.page.getByTestId('node-creator-item-name').getByText(name, { exact: true });
	}

	/** Adds a node of this package from the nodes panel, by way of the page that n8n shows for it. */
	async addFoundNode(name: string): Promise<void> {
		await this.click(this.foundNode(name));
		await this.click(this.page.getByRole('button', { name: 'Add to workflow' }));
		await this.nodePanel.waitFor();
	}

	/** Replaces a trigger by another of this package: n8n's own Replace, by its key. */
	async replaceTrigger(name: string, by: string): Promise<void> {
		await this.click(this.node(name));
		await this.page.keyboard.press('r');
		await this.sees('Replace this step');
		await this.fill(this.page.getByTestId('node-creator-search-bar'), by);
		await this.click(this.foundNode(by));
		await this.click(this.page.getByRole('button', { name: 'Add to workflow' }));
		await this.node(by).waitFor();
		await this.node(name).waitFor({ state: 'detached' });
	}

	/** Chooses in a list of the open node. */
	async choose(parameter: string, choice: string): Promise<void> {
		await this.click(this.nodePanel.getByTestId(`parameter-input-${parameter}`));
		await this.click(this.page.getByRole('option', { name: new RegExp(`^${choice}`) }));
	}

	/** Opens the list of a parameter of the open node, from which an ID is chosen. */
	async openList(parameter: string): Promise<void> {
		await this.click(this.locatorOf(parameter).getByTestId('rlc-input-container'));
		await this.choice.or(this.listFault).first().waitFor();
	}

	/** What the open list has to choose from. */
	get choice(): Locator {
		return this.page.getByTestId('rlc-item').filter({ visible: true });
	}

	/** What n8n shows in place of a list that it can't open. */
	get listFault(): Locator {
		return this.page.getByTestId('rlc-error-container').filter({ visible: true });
	}

	/** Searches the open list, and waits until it has nothing else than this to choose from. */
	async searchList(text: string, names: readonly string[]): Promise<void> {
		await this.fill(this.page.getByTestId('rlc-search').filter({ visible: true }), text);
		await this.seesChoices(names);
	}

	/** Waits until the open list has this to choose from. */
	async seesChoices(names: readonly string[]): Promise<void> {
		let shown: string[] = [];
		await until(
			async () => {
				shown = (await this.choice.allInnerTexts()).map((text) => text.trim());
				return isDeepStrictEqual(shown, names);
			},
			PATIENCE_MS,
			() => `The list has ${shown.join('; ')} and not ${names.join('; ')}`,
		);
	}

	/** Switches such a parameter to By ID and types one, or leaves the one that is there. */
	async typeId(parameter: string, id?: string): Promise<void> {
		const locator = this.locatorOf(parameter);
		await this.click(locator.getByTestId('rlc-mode-selector'));
		await this.click(this.page.getByTestId('mode-id').filter({ visible: true }));
		if (id !== undefined) {
			await this.fill(locator.getByTestId('rlc-input-container').locator('input'), id);
		}
	}

	/** What is shown as chosen or typed. */
	async shownId(parameter: string): Promise<string> {
		const input = this.locatorOf(parameter).getByTestId('rlc-input-container').locator('input');
		return await input.inputValue();
	}

	private locatorOf(parameter: string): Locator {
		return this.nodePanel.getByTestId(`resource-locator-${parameter}`);
	}

	/** Opens the dialog for a new credential of the open node, which has none to choose from. */
	async openNewCredential(): Promise<void> {
		const empty = this.nodePanel.getByTestId('node-credentials-empty-state');
		await this.click(empty.getByRole('button'));
		// n8n finds a name for it, without which it is not saved.
		await this.credentialDialog.getByTestId('credential-name').filter({ hasText: /\w/ }).waitFor();
	}

	/** Waits until the open node has this credential. */
	async seesCredential(name: string): Promise<void> {
		const chosen = this.nodePanel.getByTestId('node-credentials-select').locator('input').first();
		await until(
			async () => (await chosen.inputValue()) === name,
			PATIENCE_MS,
			() => `The node has another credential than ${name}`,
		);
	}

	/** Fills in a field of the open credential. */
	async fillCredential(name: string, value: string): Promise<void> {
		const field = this.credentialDialog.getByTestId(`parameter-input-${name}`);
		await this.fill(field.locator('input'), value);
	}

	/** Saves the open new credential, which closes it when its test passes. */
	async saveCredential(): Promise<void> {
		await this.click(this.credentialDialog.getByTestId('credential-save-button'));
		await this.credentialDialog.waitFor({ state: 'hidden' });
	}

	/** Saves the open credential of a node that had it before; it stays open. */
	async saveCredentialAgain(): Promise<void> {
		await this.click(this.credentialDialog.getByTestId('credential-save-button'));
		await this.sees('Saved', this.credentialDialog);
	}

	/** A choice in the open list of Listen To. */
	event(name: string): Locator {
		return this.page.getByRole('option', { name: new RegExp(`^${name}`) });
	}

	async openListenTo(): Promise<void> {
		await this.click(this.page.getByTestId('parameter-input-events'));
	}

	/** Closes the list by a click beside it, where it does not open to. */
	async closeListenTo(): Promise<void> {
		await this.click(this.nodePanel.getByTestId('output-panel').getByText('Output').first());
		await this.page.getByRole('option').first().waitFor({ state: 'hidden' });
	}

	/** Takes everything out of Listen To, by the crosses of its entries. */
	async clearListenTo(): Promise<void> {
		const crosses = this.page.getByTestId('parameter-input-events').locator('.el-tag__close');
		for (let count = await crosses.count(); count > 0; count--) {
			await crosses.first().click();
			await crosses.nth(count - 1).waitFor({ state: 'detached' });
		}
		await this.closeListenTo();
	}

	/** Unfolds Webhook URLs, if need be, and copies the URL that stands there. */
	async shownUrl(kind: 'Test URL' | 'Production URL'): Promise<string> {
		const choice = this.nodePanel.getByRole('radio', { name: kind });
		const fold = this.nodePanel.getByText('Webhook URLs', { exact: true });
		await fold.waitFor();
		if (!(await choice.isVisible())) await this.click(fold);
		if (kind === 'Production URL') await this.click(choice);
		const path = kind === 'Test URL' ? /\/webhook-test\// : /\/webhook\//;
		const url = this.nodePanel.getByText(path).first();
		await this.click(url);
		return (await url.innerText()).replace(/\s/g, '');
	}

	/** Opens a node from the canvas; the double click counts as one. */
	async openNode(name: string): Promise<void> {
		await this.node(name).dblclick();
		if (this.isCounting) this.effort.clicks++;
		await this.nodePanel.waitFor();
	}

	async closeNode(): Promise<void> {
		await this.click(this.page.getByTestId('ndv-close-button'));
		await this.nodePanel.waitFor({ state: 'hidden' });
	}

	/** A node on the canvas. */
	node(name: string): Locator {
		return this.page.locator(`[data-test-id="canvas-node"][data-node-name="${name}"]`);
	}

	/** The names of the nodes on the canvas, in the order of the alphabet. */
	async nodeNames(): Promise<string[]> {
		const nodes = await this.page.getByTestId('canvas-node').all();
		const names = await Promise.all(nodes.map((node) => node.getAttribute('data-node-name')));
		return names.map(String).sort();
	}

	/** The nodes that n8n marks with a red triangle: something is missing in them. */
	get nodesWithIssues(): Locator {
		const issues = this.page.getByTestId('node-issues');
		return this.page.getByTestId('canvas-node').filter({ has: issues });
	}

	/** Drags a field of the input onto a parameter of the open node. */
	async dragField(field: string, parameter: string): Promise<void> {
		const item = this.nodePanel.getByTestId('run-data-schema-item');
		const from = await item.getByText(field, { exact: true }).first().boundingBox();
		const to = await this.nodePanel.getByTestId(`parameter-input-${parameter}`).boundingBox();
		if (!from || !to) throw new Error(`${field} or ${parameter} is not on the screen`);
		const [x, y] = [to.x + to.width / 4, to.y + to.height / 2];
		await this.page.mouse.move(from.x + from.width / 2, from.y + from.height / 2);
		await this.page.mouse.down();
		// n8n opens the parameter for a drop as soon as the field comes near it.
		await this.page.mouse.move(x, y - 20, { steps: 10 });
		await this.page.mouse.move(x, y, { steps: 5 });
		await this.page.mouse.up();
		if (this.isCounting) this.effort.clicks++;
	}

	/** The expressions of the open node that are resolved, and their values below the one in use. */
	get resolved(): Locator {
		return this.page.locator('.cm-valid-resolvable');
	}

	/** Waits until the outputs on the canvas have these labels, from above. */
	async seesOutputs(labels: readonly string[]): Promise<void> {
		let shown: string[] = [];
		await until(
			async () => {
				const texts = await this.page.getByTestId('canvas-node-output-handle').allInnerTexts();
				// Below its label an output may say how many items have left it.
				shown = texts.map((text) => text.trim().split('\n')[0] ?? '');
				return isDeepStrictEqual(shown, labels);
			},
			PATIENCE_MS,
			() => `The outputs are ${shown.join(', ')} and not ${labels.join(', ')}`,
		);
	}

	/** Finds a node to stand behind an output of the trigger, and chooses it. */
	async addBehind(output: string, name: string): Promise<void> {
		const handle = this.page
			.getByTestId('canvas-node-output-handle')
			.filter({ hasText: new RegExp(`^\\s*${output}`) });
		await this.click(handle.getByTestId('canvas-handle-plus'));
		await this.fill(this.page.getByTestId('node-creator-search-bar'), name);
		await this.click(this.foundNode(name));
	}

	/** Wires an output of the trigger to a new node that does nothing, and gives that a name. */
	async wire(output: string, name: string): Promise<void> {
		await this.addBehind(output, 'No Operation, do nothing');
		const title = this.nodePanel.getByTestId('node-title-container');
		await this.click(title.getByTestId('inline-edit-preview'));
		await this.fill(title.getByTestId('inline-edit-input'), name);
		await this.page.keyboard.press('Enter');
		await this.closeNode();
		await this.node(name).waitFor();
	}
}
