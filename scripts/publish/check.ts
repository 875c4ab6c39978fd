/** One thing that was looked at before publication. */
export interface Check {
	/** What should hold. */
	title: string;
	/** What speaks against it, each with its mend; none when it holds. */
	findings: string[];
}
