/** How messages name one delivery of a provider. */
export const aDelivery = (displayName: string): string =>
	`${displayName === 'Evolution API' ? 'an' : 'a'} ${displayName} delivery`;
