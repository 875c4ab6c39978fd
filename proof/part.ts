/** What a part of the proof has found. */
export interface Findings {
	/** Markdown for its section in docs/proof.md, without the heading. */
	text: string;
	/** Whether all that it demands of the package was so. Speed is not demanded: a missed target is told. */
	hasHeld: boolean;
}

/** A part of `npm run proof`, which can be run by itself. */
export interface Part {
	/** As it is named on the command line, and in the page's marks. */
	name: string;
	run(): Promise<Findings>;
}
