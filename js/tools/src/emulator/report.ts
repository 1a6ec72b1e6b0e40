import { RuleFault } from "../rules.js";
import { printable } from "../terminal/printable.js";
import type { Terminal } from "../terminal/terminal.js";
import type { Answered, Attempt, EmulatedDelivery } from "../wire.js";
import type { Changed } from "../emulator-machine.js";
import type { Emulation } from "./emulation.js";

/** Of how many deliveries it is known which attempts were told. */
const REMEMBERED = 10_000;

/** Tells the terminal what becomes of each attempt, a line each. */
export class Report {
  readonly #emulation: Emulation;
  readonly #terminal: Terminal;
  /** How many attempts of a delivery were told, by its id. */
  readonly #told = new Map<string, number>();

  constructor(emulation: Emulation, terminal: Terminal) {
    this.#emulation = emulation;
    this.#terminal = terminal;
    emulation.driver.onChanged((changed) => this.#changed(changed));
  }

  #changed(changed: readonly Changed[]): void {
    for (const change of changed) {
      if ("delivery" in change) {
        this.#tellOf(change.delivery);
      }
    }
  }

  #tellOf(id: string): void {
    try {
      this.#tell(this.#emulation.query({ type: "delivery", id }));
    } catch (error) {
      // It has ended and was forgotten in the same step.
      if (!(error instanceof RuleFault && error.code === "unknown_delivery")) {
        throw error;
      }
    }
  }

  #tell(delivery: EmulatedDelivery): void {
    const told = this.#told.get(delivery.id) ?? 0;
    const answered = delivery.attempts.filter(({ answer }) => answer !== undefined);
    for (const attempt of answered.slice(told)) {
      this.#line(delivery, attempt);
    }
    this.#told.set(delivery.id, answered.length);
    const [oldest] = this.#told.keys();
    if (this.#told.size > REMEMBERED && oldest !== undefined) {
      this.#told.delete(oldest);
    }
  }

  #line({ id, webhookId, event, state, givenUpBecause, nextAttemptAt }: EmulatedDelivery, { number, url, answer, scripted }: Attempt): void {
    if (answer === undefined) {
      return;
    }
    const { paint } = this.#terminal;
    const result = paint(isGood(answer) ? "good" : "bad", "status" in answer ? String(answer.status) : answer.failure);
    const notes = [
      ...(number > 1 ? [`retry ${number - 1}`] : []),
      `${answer.milliseconds} ms`,
      ...(scripted === true ? ["scripted"] : []),
      ...("failure" in answer ? [printable(answer.message)] : []),
      ...(nextAttemptAt === undefined ? [] : [`next at ${nextAttemptAt} by the emulator's clock`]),
      ...(givenUpBecause === undefined ? [] : [`given up: ${givenUpBecause}`]),
    ];
    this.#terminal.data(`${event} ${id} ${result}: ${notes.join(", ")}`, {
      type: "attempt",
      delivery: id,
      webhookId,
      event,
      url,
      number,
      ...("status" in answer ? { status: answer.status } : { failure: answer.failure, message: answer.message }),
      milliseconds: answer.milliseconds,
      ...(scripted === true && { scripted }),
      state,
      ...(nextAttemptAt !== undefined && { nextAttemptAt }),
      ...(givenUpBecause !== undefined && { givenUpBecause }),
    });
  }
}

function isGood(answer: Answered): boolean {
  return "status" in answer && answer.status >= 200 && answer.status < 300;
}
