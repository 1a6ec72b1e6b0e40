/** How long Docutray waits for an answer, in seconds. */
export const LIMIT = 30;

/** How long Docutray waits after each failed attempt before the next, in seconds. */
export const PAUSES: readonly number[] = [30, 60, 300, 900, 3600];
