import { randomUUID } from "node:crypto";
import { beginning, bufferOf, bytesOf } from "../bytes.js";
import { ApiFault } from "../local/route.js";
import { rule } from "../rules.js";
import type { AgainHow, Answered, AnsweredBy, Bytes, Capture, Fields, RightAnswer, ScriptedAnswer } from "../wire.js";
import type { Captures } from "./captures.js";
import { endToEnd } from "./end-to-end.js";
import { forward } from "./forwarding.js";
import { RECEIVING_LIMITS, type Arrived } from "./receiving-socket.js";
import type { Reply } from "./reply.js";
import type { Script } from "./script.js";
import type { Settings } from "./settings.js";
import { failureAnswer, seconds, type Verification } from "./verification.js";

/** Of a body over the limit so much is kept. */
const KEPT_OF_TRUNCATED = 64 * 1024;

/** What the listener tells its terminal. */
export interface Watcher {
  came(capture: Capture): void;
  answered(capture: Capture, answer: Answered, by: AnsweredBy): void;
}

export interface ListenerParts {
  readonly settings: Settings;
  readonly verification: Verification;
  readonly captures: Captures;
  readonly script: Script;
  readonly watcher: Watcher;
  /** Aborted when the listener stops. */
  readonly signal: AbortSignal;
}

/** What came of a delivery: the reply to its sender, and what the capture says about it. */
interface Result {
  readonly reply: Reply;
  readonly answer: Answered;
  readonly by: AnsweredBy;
}

/** Takes each delivery through its steps: verify, keep, answer. */
export class Listener {
  readonly #parts: ListenerParts;

  constructor(parts: ListenerParts) {
    this.#parts = parts;
  }

  /** Takes a delivery from the receiving socket. */
  async receive(arrived: Arrived): Promise<Reply> {
    const capture = this.#capture(arrived);
    const { script, settings } = this.#parts;
    const scripted = script.take() ?? (settings.answer === undefined ? undefined : { answer: settings.answer, delivered: false });
    const result = scripted === undefined ? await this.#answer(arrived, capture) : await this.#scripted(arrived, scripted);
    this.#answered(capture, result);
    return result.reply;
  }

  /** Returns what a right receiver answers if the capture is sent now as it was captured. */
  replay(capture: Capture): RightAnswer {
    const request = { ...capture, body: bufferOf(capture.body) };
    const { reply, code } = this.#parts.verification.answer(request, capture.explanation.verdict === "verified");
    return { status: reply.status, ...(code !== undefined && { code }) };
  }

  /**
   * Sends a capture to the developer's server again, and waits for the answer.
   *
   * @param edited - The other body, with `edited`.
   * @throws {ApiFault} `nothing_to_forward_to`, `body_truncated`, `no_event`.
   */
  async again(capture: Capture, how: AgainHow, edited?: Bytes): Promise<Capture> {
    const to = this.#target(capture, how);
    const body = bufferOf(edited ?? capture.body);
    const headers = how === "asCaptured" ? capture.headers : this.#signed(capture, body);
    const { method, target } = capture;
    const arrived = { method, target, headers, body, bytes: body.length };
    const sent = this.#capture(arrived, { of: capture.id, how });
    const result = await this.#forwarded(arrived, to);
    this.#answered(sent, result);
    const { answer, by: answeredBy } = result;
    return { ...sent, answer, answeredBy };
  }

  /** Checks that the capture can be sent again, and returns where to. */
  #target(capture: Capture, how: AgainHow): URL {
    const { forward: to } = this.#parts.settings;
    if (to === undefined) {
      throw new ApiFault(409, "nothing_to_forward_to", "Start listen with --forward URL: there is no server to which this can be sent.");
    }
    if (how !== "edited" && capture.bodyTruncated === true) {
      throw new ApiFault(409, "body_truncated", "The body was over the limit, and only its beginning was kept.");
    }
    if (how !== "asCaptured" && capture.explanation.event === undefined) {
      throw new ApiFault(409, "no_event", "The header X-Docutray-Event is missing or malformed, and it is signed: send this as it was captured.");
    }
    return to;
  }

  #capture(arrived: Arrived, again?: Capture["again"]): Capture {
    const { verification, captures, settings, watcher } = this.#parts;
    const { method, target, headers, body, bytes } = arrived;
    const isTruncated = bytes > RECEIVING_LIMITS.body;
    const capture = captures.add({
      receivedAt: new Date().toISOString(),
      method,
      target,
      headers,
      body: bytesOf(isTruncated ? beginning(body, KEPT_OF_TRUNCATED) : body),
      ...(isTruncated && { bodyTruncated: true }),
      bytes,
      explanation: verification.explain(arrived),
      ...(again !== undefined && { again }),
      answeredBy: settings.forward === undefined ? "listener" : "forward",
    });
    watcher.came(capture);
    return capture;
  }

  #answered(capture: Capture, { answer, by }: Result): void {
    const { captures, watcher } = this.#parts;
    captures.answered(capture.id, { answer, answeredBy: by });
    watcher.answered(capture, answer, by);
  }

  async #answer(arrived: Arrived, capture: Capture): Promise<Result> {
    const { settings, verification } = this.#parts;
    if (settings.forward !== undefined) {
      return this.#forwarded(arrived, settings.forward);
    }
    const { reply } = verification.answer(arrived, capture.repeats !== undefined);
    return { reply, answer: { ...reply, milliseconds: 0 }, by: "listener" };
  }

  async #forwarded(arrived: Arrived, to: URL): Promise<Result> {
    const { settings, signal } = this.#parts;
    const answer = await forward(to, arrived, settings, signal);
    const reply = "status" in answer && isFinal(answer.status) ? { ...answer, headers: endToEnd(answer.headers) } : failureAnswer("no_answer");
    return { reply, answer, by: "forward" };
  }

  /** The answer is the script's, also where the developer's server has processed the delivery. */
  async #scripted(arrived: Arrived, { answer, delivered }: ScriptedAnswer): Promise<Result> {
    const { forward: to } = this.#parts.settings;
    if (delivered && to !== undefined) {
      await this.#forwarded(arrived, to);
    }
    if (typeof answer === "number") {
      const reply = { status: answer, headers: [], body: { text: "" } };
      return { reply, answer: { ...reply, milliseconds: 0 }, by: "script" };
    }
    const failure = answer === "hang" ? "timeout" : "reset";
    return { reply: answer, answer: { failure, message: `no answer: the script says ${answer}`, milliseconds: 0 }, by: "script" };
  }

  /** The captured headers with a new request id, timestamp and signatures. */
  #signed({ target, headers, explanation }: Capture, body: Buffer): Fields {
    const { verification } = this.#parts;
    const event = explanation.event ?? "";
    const signed = rule("sign", {
      secret: verification.secret,
      url: verification.url({ target, headers }),
      event,
      body: bytesOf(body),
      now: seconds(),
      requestId: randomUUID(),
    });
    const written = new Set(signed.headers.map(([name]) => name.toLowerCase()));
    return [...headers.filter(([name]) => !written.has(name.toLowerCase())), ...signed.headers];
  }
}

/** Whether a status can be returned: Node reads any three digits, and writes none below 100. Those below 200 announce another answer. */
function isFinal(status: number): boolean {
  return status >= 200 && status <= 999;
}
