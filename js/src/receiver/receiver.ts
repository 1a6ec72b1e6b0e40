import { Unfit } from "../body-check.js";
import type { Delivery } from "../delivery.js";
import { WebhookError } from "../error.js";
import type { WebhookEvent } from "../event.js";
import type { Store } from "../idempotency/store.js";
import { InstanceLost } from "../module/instance.js";
import { arrive } from "./arrival.js";
import type { BodyBudget } from "./body-budget.js";
import { claim } from "./claims.js";
import { Explanation } from "./explanation.js";
import type { EventHandler, FindHandler } from "./handlers.js";
import type { Incoming } from "./incoming.js";
import { checkedOptions, type HandlerOptions, type HostOption } from "./options.js";
import { Answers, inadmissible, type Answer, type AnswerRow, type Outcome } from "./outcome.js";
import { process } from "./process.js";
import type { DeliveryError, DeliveryRecord } from "./record.js";
import { Refusals } from "./refusals.js";
import { Report, type ErrorContextCode } from "./report.js";
import { monotonic, within } from "./time.js";
import { traced, type Tracer } from "./tracing.js";
import type { VerifierSource } from "./verifier-source.js";
import { encoder } from "../utf8.js";

/** What is known about a request so far. */
interface Known {
  delivery?: Delivery | undefined;
  id?: string | null;
  key?: string;
  error?: DeliveryError | undefined;
  seenBefore: boolean;
  method?: string;
  thrown?: Thrown;
  /** When the host needs the answer, by the monotonic clock. */
  answerBy: number;
}

/** What a handler has thrown. */
export interface Thrown {
  readonly error: unknown;
}

/** What the host has to do with a request. */
export interface Received {
  readonly answer: Answer;
  /** Present if the answer is that the handler failed. A framework may have its own handling of errors. */
  readonly thrown: Thrown | undefined;
}

/** How long the answer waits for `onError` and `onDelivery`, in seconds. */
const PATIENCE_WITH_LOG = 1;
/** How long before its host ends the work a request is answered at the latest, in seconds. Half of it is for the log. */
const RESERVE = 1;

/** The order of a delivery through a handler on every host: admitted, verified, claimed, processed, answered. */
export class Receiver {
  readonly #verifiers: VerifierSource;
  readonly #find: FindHandler;
  readonly #store: Store;
  readonly #deadline: number;
  readonly #budget: BodyBudget;
  readonly #onUnfit: HandlerOptions["onUnfit"];
  readonly #onDelivery: HandlerOptions["onDelivery"];
  readonly #answers = new Answers();
  readonly #refusals: Refusals;
  readonly #report: Report;
  readonly #explanation: Explanation;
  readonly #tracer: Tracer | undefined;

  /**
   * @param options - The user's options.
   * @param hosts - Options that only this host has.
   * @throws {@link WebhookError} `invalid_config` with everything that is wrong. Its `field` names the first option.
   */
  constructor(options: HandlerOptions, hosts: readonly HostOption[] = []) {
    const hints: string[] = [];
    let warn = (hint: string): void => void hints.push(hint);
    const checked = checkedOptions(options, hosts, (hint) => warn(hint));
    this.#report = new Report(checked.logger, checked.onError);
    this.#verifiers = checked.verifiers;
    this.#find = checked.find;
    this.#store = checked.store;
    this.#deadline = checked.deadline;
    this.#budget = checked.budget;
    this.#onUnfit = checked.onUnfit;
    this.#onDelivery = checked.onDelivery;
    this.#refusals = new Refusals(checked.budget.bytes, this.#report);
    this.#explanation = new Explanation(checked.budget);
    this.#tracer = checked.tracer;
    // The logger is known only now.
    hints.forEach((hint) => this.#report.warn(hint));
    warn = (hint) => this.#refusals.hinted(hint);
  }

  /** The largest body that is taken, in bytes. */
  get maxBody(): number {
    return this.#verifiers.maxBody;
  }

  /**
   * Never rejects.
   *
   * @param take - Reads the host's request. It may throw, because a request's getters may.
   */
  async receive(take: () => Incoming): Promise<Received> {
    return traced(this.#tracer, async (span) => {
      const [time, start] = [new Date(), monotonic()];
      const known: Known = { seenBefore: false, answerBy: Infinity };
      const row = await this.#row(take, known, start);
      await this.#log(known, row, time, start);
      const { delivery, method, key, thrown } = known;
      span.answered({ method, key, event: delivery?.event, requestId: delivery?.requestId, thrown }, row);
      return { answer: row.answer, thrown: row.code === "handler_failed" ? thrown : undefined };
    });
  }

  /** Logs that an answer was lost on its way to the host. */
  notSent(error: unknown): void {
    this.hostFailed("answer_not_sent", "the answer could not be sent", error);
  }

  /** Logs a failure of the host, after the delivery was processed. */
  hostFailed(code: ErrorContextCode, what: string, error: unknown): void {
    this.#report.error(code, what, {}, error);
  }

  /** Returns the answer to a call without a request. Logs the error, and writes no record. */
  notReceived(error: TypeError): Answer {
    return this.#lastResort(error).answer;
  }

  async #row(take: () => Incoming, known: Known, start: number): Promise<AnswerRow> {
    try {
      const incoming = take();
      known.method = incoming.method;
      const { timeLeft = Infinity } = incoming;
      const reserve = Math.min(RESERVE, timeLeft / 2);
      known.answerBy = start + timeLeft - reserve / 2;
      const deadline = start + Math.min(this.#deadline, timeLeft - reserve);
      return this.#answers.to(await this.#received(incoming, known, deadline));
    } catch (error) {
      known.thrown = { error };
      return this.#lastResort(error);
    }
  }

  /** Returns the answer to an unexpected error, using only what cannot have failed. */
  #lastResort(error: unknown): AnswerRow {
    if (error instanceof InstanceLost) {
      this.#refusals.verifierLost(error);
      return this.#answers.fixed("verifier_unavailable");
    }
    this.#refusals.failed(error);
    return this.#answers.fixed("handler_failed");
  }

  async #received(incoming: Incoming, known: Known, deadline: number): Promise<Outcome> {
    const name = inadmissible(incoming);
    if (name !== undefined) {
      this.#refusals.refused({ name });
      return { name };
    }
    const arrived = await arrive(this.#verifiers, incoming, this.#budget, this.#explanation, deadline);
    if ("noEvent" in arrived) {
      const { outcome, delivery, reason, isExplained } = arrived.noEvent;
      known.delivery = delivery;
      known.error = "error" in outcome ? plain(outcome.error) : undefined;
      this.#refusals.refused(outcome, delivery, reason, isExplained);
      return outcome;
    }
    const { delivery, body } = arrived;
    known.delivery = delivery;
    if (body instanceof Unfit) {
      known.error = plain(body.error);
      this.#refusals.unfit(body.error, delivery);
      return this.#kept(body, delivery, incoming, deadline);
    }
    known.id = body.id;
    known.key = body.key;
    const handler = this.#find(body);
    return handler === undefined ? { name: "acknowledged" } : this.#once(body, handler, incoming, known, deadline);
  }

  /** Processes an event, unless it was processed before or is being processed. */
  async #once(
    event: WebhookEvent,
    handler: EventHandler<WebhookEvent>,
    incoming: Incoming,
    known: Known,
    deadline: number,
  ): Promise<Outcome> {
    const report = this.#report.about({ event: event.name, key: event.key, requestId: event.delivery.requestId });
    let claimed;
    try {
      claimed = await claim(this.#store, event.key, deadline - monotonic(), report, (ended) => this.#keepAlive(incoming, ended));
    } catch (error) {
      report("store_unavailable", `the idempotency store could not claim ${event.key}`, error);
      return { name: "store_unavailable" };
    }
    known.seenBefore = claimed.state !== "claimed" || claimed.seenBefore;
    if (claimed.state === "done") {
      return { name: "duplicate" };
    }
    if (claimed.state === "busy") {
      return { name: "busy", retryAfter: claimed.retryAfter };
    }
    // Read before the handler runs, which may change the event.
    const { delivery } = event;
    const unfit = (error: WebhookError): Promise<Outcome> => {
      known.error = plain(error);
      this.#refusals.unfit(error, delivery);
      return this.#keep(new Unfit(error, encoder.encode(event.raw)), delivery);
    };
    const { ended, soFar } = process(event, handler, { store: this.#store, ...claimed, report }, unfit, (error) => (known.thrown = { error }));
    this.#keepAlive(incoming, ended);
    return within(deadline - monotonic(), ended, soFar);
  }

  /** Keeps an unfit delivery, and answers 503 if that takes longer than the deadline. */
  async #kept(unfit: Unfit, delivery: Delivery, incoming: Incoming, deadline: number): Promise<Outcome> {
    const ended = this.#keep(unfit, delivery);
    this.#keepAlive(incoming, ended);
    return within(deadline - monotonic(), ended, () => ({
      name: "late" as const,
      retryAfter: this.#store.lease,
    }));
  }

  /** Calls `onUnfit`. Never rejects. */
  async #keep({ error, body }: Unfit, delivery: Delivery): Promise<Outcome> {
    if (this.#onUnfit === undefined) {
      return { name: "refused", error };
    }
    try {
      // A copy, which the user may change.
      await this.#onUnfit(new WebhookError(error), delivery, body);
      return { name: "kept", error };
    } catch (thrown) {
      const { requestId, event } = delivery;
      this.#report.error("on_unfit_failed", `onUnfit failed for the delivery ${requestId}`, { requestId, event }, thrown);
      return { name: "refused", error };
    }
  }

  async #log({ delivery, id, key, error, seenBefore, answerBy }: Known, { verdict, code, answer }: AnswerRow, time: Date, start: number): Promise<void> {
    const until = Math.min(monotonic() + PATIENCE_WITH_LOG, answerBy);
    if (this.#report.isTelling) {
      await this.#report.told(until - monotonic());
    }
    if (this.#onDelivery === undefined) {
      return;
    }
    const record: DeliveryRecord = {
      time: time.toISOString(),
      event: delivery?.event,
      id: id ?? undefined,
      key,
      requestId: delivery?.requestId,
      verdict,
      code,
      error,
      status: answer.status,
      durationMs: (monotonic() - start) * 1000,
      seenBefore,
    };
    const log = this.#onDelivery;
    const logged = (async () => log(record))().catch((error: unknown) => this.#report.error("on_delivery_failed", "onDelivery failed", { key }, error));
    await within(until - monotonic(), logged, () => {});
  }

  /** Calls the host's `waitUntil`. Its failure does not change the answer, since processing has begun. */
  #keepAlive({ waitUntil }: Incoming, ended: Promise<unknown>): void {
    try {
      waitUntil?.(ended);
    } catch (error) {
      this.#report.error("wait_until_failed", "waitUntil failed, so the host may end work that continues after the answer", {}, error);
    }
  }
}

function plain({ code, field, message }: WebhookError): DeliveryError {
  return { code, field, message };
}
