import type { Emulation } from "../emulator/emulation.js";
import type { Answered, DeliverySummary } from "../wire.js";
import { textOf } from "./text.js";

/** How many deliveries the message tells of. */
const MOST_TOLD = 5;
/** How many characters of an answer's body the message has. */
const MOST_QUOTED = 300;

/** No delivery that fits has come in time. The message says how far the newest deliveries are. */
export class WaitTimeout extends Error {
  constructor(message: string) {
    super(message);
    this.name = "WaitTimeout";
  }
}

export function waitTimeout(filter: object, timeout: number, emulation: Emulation): WaitTimeout {
  const { items, matching } = emulation.query({ type: "deliveries", limit: MOST_TOLD });
  const wanted = Object.entries(filter).map(([name, value]) => `${name} ${value}`);
  const lines = [`No delivery with ${wanted.join(", ")} within ${timeout} ms.`];
  if (matching === 0) {
    lines.push("There are no deliveries. `trigger` says in `skipped` which webhooks get nothing, and why.");
  }
  lines.push(...items.map(told));
  if (items.some(({ state }) => state === "waiting")) {
    lines.push("Retries come by the emulator's clock: await clock.advance(30) brings the first one.");
  }
  return new WaitTimeout(lines.join("\n"));
}

function told({ id, event, state, attempts, nextAttemptAt }: DeliverySummary): string {
  const next = nextAttemptAt === undefined ? "" : `, next attempt at ${nextAttemptAt}`;
  const answer = attempts.at(-1)?.answer;
  return `- ${event} ${id}: ${state} after ${attempts.length} attempts${next}${answer === undefined ? "" : `; last answer: ${quoted(answer)}`}`;
}

function quoted(answer: Answered): string {
  if ("failure" in answer) {
    return `${answer.failure}: ${answer.message}`;
  }
  return `${answer.status} ${textOf(answer.body).slice(0, MOST_QUOTED)}`.trim();
}
