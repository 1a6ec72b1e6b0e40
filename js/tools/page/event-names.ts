import { EVENTS } from "../src/event-names.js";

/** The nine events as Docutray's form groups them. */
export const GROUPS = [
  { family: "CONVERSION", title: "Conversion" },
  { family: "IDENTIFICATION", title: "Identification" },
  { family: "STEP", title: "Steps" },
] as const;

export const STAGES = [
  { stage: "STARTED", title: "Started" },
  { stage: "COMPLETED", title: "Completed" },
  { stage: "FAILED", title: "Failed" },
] as const;

/** `All nine events`, or each group with its stages: `Conversion: started, failed`. */
export function eventsInShort(events: readonly string[]): string {
  if (EVENTS.every((event) => events.includes(event))) {
    return "All nine events";
  }
  const groups = GROUPS.map(({ family, title }) => {
    const stages = STAGES.filter(({ stage }) => events.includes(`${family}_${stage}`));
    return stages.length === 0 ? "" : `${title}: ${stages.map((stage) => stage.title.toLowerCase()).join(", ")}`;
  });
  return groups.filter((group) => group !== "").join(" · ") || "No events";
}
