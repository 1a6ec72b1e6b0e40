import { Ours } from "../parts/Ours.js";
import { pauses } from "./retries.js";
import { settings } from "./state.js";

/** Says what is Docutray's and what is ours. */
export function Origins() {
  return (
    <section class="card" aria-labelledby="origins">
      <h2 id="origins">Documented, and ours</h2>
      <p>
        Documented by Docutray: the nine events and their payloads, the five headers and both signatures, {settings.value?.answerWithinSeconds ?? "…"} s for an
        answer, {pauses.value.length} retries and when, and that a regenerated secret ends the old one at once. What is marked <Ours /> is not:
      </p>
      <ul>
        <li>A retry {retries()}.</li>
        <li>A failed event {failures()}.</li>
        <li>A webhook is disabled after {settings.value?.disableAfter ?? "some"} deliveries in a row that were given up. Docutray documents no number.</li>
        <li>The looks of ids and secrets.</li>
        <li>The clock, the next answers, edited payloads, and sending again.</li>
      </ul>
    </section>
  );
}

function retries(): string {
  return settings.value?.retryHeaders === "same"
    ? "keeps its request id, and its time where the receiver's clock allows (--retry-headers same)"
    : "has a new request id and time (--retry-headers new)";
}

function failures(): string {
  const { failedError } = settings.value ?? { failedError: "string" };
  return { string: "has its error as a string", object: "has its error as an object", none: "has no error" }[failedError] + ` (--failed-error ${failedError})`;
}
