import type { Explanation, StepName } from "../../src/wire.js";

export const VERDICTS: Readonly<Record<Explanation["verdict"], { readonly sign: string; readonly title: string }>> = {
  verified: { sign: "✓", title: "Verified" },
  unfit: { sign: "!", title: "Unfit" },
  refused: { sign: "✗", title: "Refused" },
};

/** What each step checks. */
export const STEPS: Readonly<Record<StepName, string>> = {
  headers: "The five headers",
  metadata: "Signature of the metadata",
  freshness: "Timestamp",
  body: "Signature of the body",
  payload: "Payload",
  event: "Agreement of event and payload",
};
