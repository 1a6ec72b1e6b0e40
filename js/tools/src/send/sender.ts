import { setTimeout } from "node:timers/promises";
import { bufferOf } from "../bytes.js";
import { EXIT, type Exit } from "../exit.js";
import type { Terminal } from "../terminal/terminal.js";
import { judge } from "./judgement.js";
import type { Outgoing } from "./outgoing.js";
import { request } from "./request.js";
import { ANSWER_WITHIN } from "./schedule.js";
import { showAnswer, showRequest } from "./shown.js";

export interface SenderOptions {
  readonly terminal: Terminal;
  readonly signal: AbortSignal;
  readonly to: string;
  /** The signed one. */
  readonly url: string;
  readonly allowRemote: boolean;
}

/** Sends deliveries and shows what comes of them. */
export class Sender {
  readonly #options: SenderOptions;

  constructor(options: SenderOptions) {
    this.#options = options;
  }

  /** Sends a delivery, and after each pause (in seconds) another while there is no success. */
  async deliver(first: Outgoing, next: () => Outgoing, pauses: readonly number[]): Promise<Exit> {
    const { terminal, signal } = this.#options;
    let exit = await this.#attempt(first, 1);
    for (const [index, pause] of pauses.entries()) {
      if (exit === EXIT.fine || exit === EXIT.usage) {
        break;
      }
      terminal.say(`next attempt in ${pause} s`);
      await setTimeout(pause * 1000, undefined, { signal });
      exit = await this.#attempt(next(), index + 2);
    }
    return exit;
  }

  async #attempt(delivery: Outgoing, attempt: number): Promise<Exit> {
    const { terminal, signal, to, url, allowRemote } = this.#options;
    const sent = { delivery, url, to, attempt };
    showRequest(terminal, sent);
    const { headers } = delivery;
    const answer = await request({ url: to, headers, body: bufferOf(delivery.body), timeoutMilliseconds: ANSWER_WITHIN, signal, allowRemote });
    const judgement = judge(answer, delivery.forgery);
    showAnswer(terminal, sent, answer, judgement);
    return judgement.exit;
  }
}
