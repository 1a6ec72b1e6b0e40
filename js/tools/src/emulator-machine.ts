import * as bindings from "./generated/bindings.js";
import { opened, ready } from "./rules.js";
import type { Answered, Bytes, DeliveryState, DeliverySummary, EmulatedDelivery, Fault, Fields, Webhook } from "./wire.js";

// The emulator of `js/tools/rules/src/emulator`, whose types these are.

/** How an emulator is set up. */
export interface MachineOptions {
  /** 32 random bytes as 64 hexadecimal digits. A restored emulator keeps its own. */
  readonly seed: string;
  readonly nowMilliseconds: number;
  /** A whole number, 1 to 1,000,000. Default: 1, or that of the state. */
  readonly speed?: number | undefined;
  /** Default: `new`. */
  readonly retryHeaders?: "new" | "same" | undefined;
  /** Default: `string`. */
  readonly failedError?: "string" | "object" | "none" | undefined;
  readonly allowRemote?: boolean | undefined;
  /** Default: 500 deliveries, 64 MiB. */
  readonly limits?: Limits | undefined;
  /** What `save` has returned. */
  readonly state?: string | undefined;
}

export interface Limits {
  readonly deliveries: number;
  readonly bytes: number;
}

export type Command =
  | { readonly type: "createWebhook"; readonly url: string; readonly events?: readonly string[] | undefined; readonly enabled?: boolean | undefined }
  | {
      readonly type: "updateWebhook";
      readonly id: string;
      readonly url?: string | undefined;
      readonly events?: readonly string[] | undefined;
      readonly enabled?: boolean | undefined;
    }
  | { readonly type: "regenerateSecret" | "deleteWebhook"; readonly id: string }
  | ({ readonly type: "trigger" } & Trigger)
  | { readonly type: "answered"; readonly attempt: string; readonly answer: Answered }
  | { readonly type: "tick" | "reset" }
  | { readonly type: "advance"; readonly seconds: number }
  | { readonly type: "setSpeed"; readonly speed: number }
  | { readonly type: "script"; readonly answers: readonly ScriptedAnswer[] }
  | { readonly type: "again"; readonly delivery: string; readonly how: How; readonly body?: Bytes | undefined };

/** One of `event`, `sample` and `chain`. */
export interface Trigger {
  /** One of the nine events. */
  readonly event?: string | undefined;
  /** The name of a sample. */
  readonly sample?: string | undefined;
  readonly chain?:
    | { readonly family: "CONVERSION" | "IDENTIFICATION" | "STEP"; readonly ends: "COMPLETED" | "FAILED" }
    | undefined;
  /** Only for this webhook. */
  readonly webhookId?: string | undefined;
  /** The payload of `event`. It may be anything. */
  readonly payload?: Bytes | undefined;
  /** Changes to the sample. `value` is JSON; what is not JSON is a string. */
  readonly set?: readonly { readonly path: string; readonly value: string }[] | undefined;
}

export interface ScriptedAnswer {
  /** A status from 200 to 599. `hang` does not wait: the 30 s are added to the time of the failure. */
  readonly answer: number | "hang" | "reset";
  /** Whether the endpoint gets the delivery all the same; its answer is then lost. Default: false. */
  readonly delivered?: boolean | undefined;
}

/** `asCaptured` sends the same bytes once; the others are new deliveries. */
export type How = "asCaptured" | "signedAfresh" | "edited";

/** The replies of those commands that have one. */
interface Replies {
  readonly createWebhook: { readonly webhook: Webhook; readonly secret: string };
  readonly updateWebhook: { readonly webhook: Webhook };
  readonly regenerateSecret: { readonly secret: string };
  readonly trigger: Triggered;
  readonly again: Triggered;
}

export interface Triggered {
  readonly deliveries: readonly { readonly id: string; readonly webhookId: string; readonly event: string }[];
  /** The webhooks that get nothing. */
  readonly skipped: readonly { readonly webhookId: string; readonly event: string; readonly because: "disabled" | "notChosen" }[];
}

export type Reply<Type extends Command["type"]> = Type extends keyof Replies ? Replies[Type] : undefined;

/** What follows from a command, and what the caller has to do. */
export interface Effects<Type extends Command["type"] = Command["type"]> {
  readonly reply?: Reply<Type>;
  /** Why the command was not done. Time has passed all the same, so there may be effects. */
  readonly error?: Fault;
  /** To be sent now. Each is answered by the command `answered`. */
  readonly send: readonly Outgoing[];
  /** When the next `tick` is needed: Unix time in milliseconds by the caller's clock. */
  readonly wakeAt?: number;
  readonly changed: readonly Changed[];
  /** Whether `save` has something new besides the time. */
  readonly save: boolean;
}

/** A `POST` with exactly these header fields, besides `Host` and `Content-Length`. */
export interface Outgoing {
  readonly attempt: string;
  readonly url: string;
  readonly headers: Fields;
  readonly body: Bytes;
}

export type Changed =
  | { readonly delivery: string }
  | { readonly webhook: string }
  | { readonly clock: true }
  | { readonly everything: true };

export interface Filter {
  readonly event?: string | undefined;
  readonly state?: DeliveryState | undefined;
  readonly webhookId?: string | undefined;
  /** A part of the id, the URL, the event's name or the payload. */
  readonly text?: string | undefined;
  /** Only those with a greater sequence number. */
  readonly since?: number | undefined;
  /** Default: 50. */
  readonly limit?: number | undefined;
  /** Whether to leave out payloads, headers, and the answers' bodies. */
  readonly summary?: boolean | undefined;
}

export type Query =
  | { readonly type: "webhooks" | "clock" | "settings" }
  | { readonly type: "webhook" | "delivery"; readonly id: string }
  | ({ readonly type: "deliveries" } & Filter)
  | ({ readonly type: "latest" } & Omit<Filter, "limit" | "summary">);

/** The answers to the queries. */
export interface Answers {
  readonly webhooks: { readonly items: readonly Webhook[] };
  readonly webhook: Webhook;
  readonly deliveries: {
    /** The newest first. They have their payloads, too, unless only summaries were asked for. */
    readonly items: readonly DeliverySummary[];
    /** How many the filter lets through, beyond the limit, too. */
    readonly matching: number;
    /** How many were dropped from the history for want of room. */
    readonly dropped: number;
  };
  readonly delivery: EmulatedDelivery;
  /** Null if there is none. */
  readonly latest: EmulatedDelivery | null;
  readonly clock: MachineClock;
  readonly settings: MachineSettings;
}

/** The clock as it was at the last step: let it tick before. */
export interface MachineClock {
  readonly now: string;
  readonly nowMilliseconds: number;
  readonly speed: number;
  /** By how much it is still to be turned forward, once the attempts under way are answered. */
  readonly advancingMilliseconds: number;
  readonly nextAttemptAt?: string;
  readonly scriptedAnswers: number;
}

export interface MachineSettings {
  readonly retryHeaders: "new" | "same";
  readonly failedError: "string" | "object" | "none";
  readonly allowRemote: boolean;
  readonly limits: Limits;
  readonly retriesAfterSeconds: readonly number[];
  readonly answerWithinSeconds: number;
  /** This number is ours: Docutray documents none. */
  readonly disableAfter: number;
  readonly events: readonly string[];
}

/** A local Docutray without a clock and without a network. */
export class EmulatorMachine {
  readonly #emulator: number;

  /** @throws {RuleFault} `invalid_seed`, `invalid_speed`, `invalid_limit`, `unknown_state_version`, `broken_state`. */
  constructor(options: MachineOptions) {
    ready();
    this.#emulator = opened<number>(bindings.emulator_open(JSON.stringify(options)));
  }

  /**
   * Lets the time pass until now, does what the command says, and then whatever is due.
   *
   * @param nowMilliseconds - Unix time in milliseconds, a whole number.
   * @throws {RuleFault} `invalid_input` for a command that is none.
   */
  step<Type extends Command["type"]>(nowMilliseconds: number, command: Command & { readonly type: Type }): Effects<Type>;
  step(nowMilliseconds: number, command: Command): Effects {
    return opened<Effects>(bindings.emulator_step(this.#emulator, JSON.stringify({ nowMilliseconds, command })));
  }

  /** @throws {RuleFault} `unknown_webhook`, `unknown_delivery`, `invalid_input`. */
  query<Type extends Query["type"]>(query: Query & { readonly type: Type }): Answers[Type];
  query(query: Query): unknown {
    return opened(bindings.emulator_query(this.#emulator, JSON.stringify(query)));
  }

  /** All that it remembers, with the secrets, as text for the option `state`. */
  save(): string {
    return opened<string>(bindings.emulator_save(this.#emulator));
  }

  /** Frees its memory. It cannot be used any more. */
  close(): void {
    bindings.emulator_close(this.#emulator);
  }
}
