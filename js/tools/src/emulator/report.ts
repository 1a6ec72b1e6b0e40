import { RuleFault } from "../rules.js";
import { printable } from "../terminal/printable.js";
import type { Terminal } from "../terminal/terminal.js";
import type { Answered, Attempt, DeliverySummary, EmulatedDelivery } from "../wire.js";
import type { Changed } from "../emulator-machine.js";
import type { Emulation } from "./emulation.js";

/** Of how many deliveries it is known which attempts were told. */
const REMEMBERED = 10_000;

/** What a line says of a delivery. */
type Told = Pick<EmulatedDelivery, "id" | "webhookId" | "event" | "state" | "givenUpBecause" | "nextAttemptAt">;

/** Tells the terminal what becomes of each attempt, a line each. */
export class Report {
  readonly #emulation: Emulation;
  readonly #terminal: Terminal;
  /** How many attempts of a delivery were told, by its id. */
  readonly #told = new Map<string, number>();

  constructor(emulation: Emulation, terminal: Terminal) {
    this.#emulation = emulation;
    this.#terminal = terminal;
    // The attempts of a restored state were told before. The oldest delivery comes first, since it is the first to be forgotten.
    for (const delivery of [...emulation.query({ type: "deliveries", limit: REMEMBERED, summary: true }).items].reverse()) {
      this.#told.set(delivery.id, answered(delivery).length);
    }
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
    const attempts = answered(delivery);
    for (const attempt of attempts.slice(told)) {
      this.#line(asItWas(delivery, attempt), attempt);
    }
    this.#told.set(delivery.id, attempts.length);
    const [oldest] = this.#told.keys();
    if (this.#told.size > REMEMBERED && oldest !== undefined) {
      this.#told.delete(oldest);
    }
  }

  #line({ id, webhookId, event, state, givenUpBecause, nextAttemptAt }: Told, { number, url, answer, scripted }: Attempt): void {
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

function answered({ attempts }: DeliverySummary): readonly Attempt[] {
  return attempts.filter(({ answer }) => answer !== undefined);
}

/** Returns how the delivery was after an attempt. A step may make several, and after each but the last the delivery waited for the next. */
function asItWas(delivery: EmulatedDelivery, { number }: Attempt): Told {
  if (number === delivery.attempts.length) {
    return delivery;
  }
  const { id, webhookId, event } = delivery;
  return { id, webhookId, event, state: "waiting" };
}

function isGood(answer: Answered): boolean {
  return "status" in answer && answer.status >= 200 && answer.status < 300;
}
