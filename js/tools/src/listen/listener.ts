import { randomUUID } from "node:crypto";
import { bufferOf, bytesOf } from "../bytes.js";
import { rule } from "../rules.js";
import type { AgainHow, Answered, AnsweredBy, Bytes, Capture, Fields, RightAnswer, ScriptedAnswer } from "../wire.js";
import type { Captures } from "./captures.js";
import { endToEnd } from "./end-to-end.js";
import { forward } from "./forwarding.js";
import type { Arrived } from "./receiving-socket.js";
import type { Reply } from "./reply.js";
import type { Script } from "./script.js";
import type { Settings } from "./settings.js";
import type { Verification } from "./verification.js";

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

  /** Whether a capture can be sent again: there has to be a server to send it to. */
  get canSendAgain(): boolean {
    return this.#parts.settings.forward !== undefined;
  }

  /** Returns what a right receiver answers if the capture is sent now as it was captured. */
  replay(capture: Capture): RightAnswer {
    // The event has been processed if the first delivery of it was.
    const { status, code } = this.#parts.verification.answer({ ...capture, body: bufferOf(capture.body) }, false);
    return { status, ...(code !== undefined && { code }) };
  }

  /**
   * Sends a capture to the developer's server again. Returns when there is an answer, or none.
   *
   * @param edited - The other body, with `edited`.
   */
  async again(capture: Capture, how: AgainHow, edited?: Bytes): Promise<Capture> {
    const body = bufferOf(how === "edited" && edited !== undefined ? edited : capture.body);
    const headers = how === "asCaptured" ? capture.headers : this.#signed(capture, body);
    const { method, target } = capture;
    const arrived = { method, target, headers, body, bytes: body.length };
    const sent = this.#capture(arrived, { of: capture.id, how });
    this.#answered(sent, await this.#forwarded(arrived));
    return this.#parts.captures.get(sent.id) ?? sent;
  }

  #capture(arrived: Arrived, again?: Capture["again"]): Capture {
    const { verification, captures, settings, watcher } = this.#parts;
    const { method, target, headers, body, bytes } = arrived;
    const isTruncated = bytes > body.length || explainedTooLarge(bytes);
    const capture = captures.add({
      receivedAt: new Date().toISOString(),
      method,
      target,
      headers,
      body: bytesOf(isTruncated ? body.subarray(0, KEPT_OF_TRUNCATED) : body),
      ...(isTruncated && { bodyTruncated: true }),
      bytes,
      explanation: verification.explain(arrived),
      ...(again !== undefined && { again }),
      answeredBy: settings.forward === undefined ? "listener" : "forward",
    });
    watcher.came(capture);
    return capture;
  }
}
