import { printable } from "../terminal/printable.js";
import type { Terminal } from "../terminal/terminal.js";
import type { Answered, AnsweredBy, Capture } from "../wire.js";
import type { Watcher } from "./listener.js";
import type { NoDelivery } from "./receiving-socket.js";

const STYLES = { verified: "good", unfit: "warn", refused: "bad" } as const;
const ANSWERED_BY = { listener: "as a right receiver", forward: "by your server", script: "by the script" } as const;
const NO_DELIVERY: Readonly<Record<NoDelivery, string>> = {
  foreign_origin: "a page in a browser sent it (it has the header Origin)",
  incomplete_body: "its sender left before the end of the body",
  malformed_request: "it is no HTTP request to this server",
  method_not_allowed: "its method is not POST",
  overloaded: "too much of other requests is under way",
  body_timeout: "it was too slow",
};
/** The longest text of a sender in a line. */
const LONGEST = 100;

/** Tells the terminal what comes and what is answered, a line each. */
export class Report implements Watcher {
  readonly #terminal: Terminal;

  constructor(terminal: Terminal) {
    this.#terminal = terminal;
  }

  came(capture: Capture): void {
    const { id, receivedAt, bytes, bodyTruncated, explanation, repeats, again } = capture;
    const { verdict, error, mistake } = explanation;
    const notes = [
      ...(error === undefined ? [] : [error.code]),
      ...(repeats === undefined ? [] : [`repeats #${repeats}`]),
      ...(again === undefined ? [] : [`#${again.of} sent again`]),
      `${bytes} bytes`,
    ];
    const painted = this.#terminal.paint(STYLES[verdict], verdict);
    this.#terminal.data(`--> #${id} ${nameOf(capture)} ${painted}: ${notes.join(", ")}`, {
      type: "delivery",
      id,
      receivedAt,
      bytes,
      ...(bodyTruncated && { bodyTruncated }),
      ...(repeats !== undefined && { repeats }),
      ...(again !== undefined && { again }),
      verdict,
      ...namesIn(capture),
      ...(error !== undefined && { error }),
      ...(mistake !== undefined && { mistake }),
    });
    for (const advice of [error?.message, mistake?.advice]) {
      if (advice !== undefined) {
        this.#terminal.say(`    ${printable(advice, { lines: true })}`);
      }
    }
  }

  answered(capture: Capture, answer: Answered, answeredBy: AnsweredBy): void {
    const { id } = capture;
    const { paint } = this.#terminal;
    const isGood = "status" in answer && answer.status >= 200 && answer.status < 300;
    const result = "status" in answer ? String(answer.status) : answer.failure;
    const notes = [ANSWERED_BY[answeredBy], `${answer.milliseconds} ms`, ...("failure" in answer ? [printable(answer.message)] : [])];
    this.#terminal.data(`<-- #${id} ${nameOf(capture)} ${paint(isGood ? "good" : "bad", result)}: ${notes.join(", ")}`, {
      type: "answer",
      id,
      ...namesIn(capture),
      answeredBy,
      ...("status" in answer ? { status: answer.status } : { failure: answer.failure, message: answer.message }),
      milliseconds: answer.milliseconds,
    });
  }

  /** A request that is no delivery. */
  refused(code: NoDelivery): void {
    this.#terminal.data(`--> ${this.#terminal.paint("warn", "no delivery")}: ${code}: ${NO_DELIVERY[code]}`, { type: "noDelivery", code });
  }

  failed(error: unknown): void {
    this.#terminal.say(`A request was answered 500. This is a fault of docutray-webhook itself: ${printable(String(error))}`);
  }
}

/** The event with its id. Of a delivery that is not verified only the event, which anybody may have written. */
function nameOf({ explanation: { event, key } }: Capture): string {
  const name = key ?? event;
  return name === undefined ? "(no event)" : printable(name.length > LONGEST ? `${name.slice(0, LONGEST)}...` : name);
}

function namesIn({ explanation: { event, requestId, key } }: Capture) {
  return { ...(event !== undefined && { event }), ...(requestId !== undefined && { requestId }), ...(key !== undefined && { key }) };
}
