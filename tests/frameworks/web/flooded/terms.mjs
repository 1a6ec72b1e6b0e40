// Constants that the test and the flooded receiver share.

/** The budget for arriving bodies, in bytes: one body of the largest size. */
export const BUDGET = 16 * 1024 * 1024;

/** Marks a request that its sender leaves open. */
export const LEFT_OPEN = "x-left-open";
