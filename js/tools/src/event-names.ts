/** The name of one of the nine events. */
export type EventName = `${"CONVERSION" | "IDENTIFICATION" | "STEP"}_${"STARTED" | "COMPLETED" | "FAILED"}`;

const FAMILIES = ["CONVERSION", "IDENTIFICATION", "STEP"];
const STAGES = ["STARTED", "COMPLETED", "FAILED"];

/** The names of the nine events, in the documentation's order. */
export const EVENTS: readonly string[] = FAMILIES.flatMap((family) => STAGES.map((stage) => `${family}_${stage}`));
