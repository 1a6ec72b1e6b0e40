import { rule } from "../rules.js";
import type { ChainLink, Edit, FailedError, Sample } from "../wire.js";
import { textOf } from "./text.js";

/** A payload of an event. */
export interface SamplePayload {
  /** The event's name. */
  readonly event: string;
  /** The payload, as JSON. */
  readonly payload: string;
}

export interface SampleOptions {
  /** When the work ended: Unix time in seconds. Default: now. */
  readonly now?: number | undefined;
  /** The id of the conversion, identification or step execution, in place of the sample's own. */
  readonly id?: string | undefined;
  /** The form of `error` in a failed event. Default: `string`. */
  readonly failedError?: FailedError | undefined;
  /** Values to change. Every other byte stays. */
  readonly set?: readonly Edit[] | undefined;
}

/** The names of all samples: those of the nine events, and such as `spanish-invoice`, `large` and `deep`. */
export function samples(): readonly Sample[] {
  return rule("samples", {});
}

/**
 * Returns a sample by its name. Each is verified by this package's own tests.
 *
 * @throws {RuleFault} `unknown_sample`; `invalid_path` or `unknown_path` for a value that cannot be changed.
 */
export function sample(name: string, { now = Math.floor(Date.now() / 1_000), ...options }: SampleOptions = {}): SamplePayload {
  const { event, body } = rule("sample", { name, now, ...options });
  return { event, payload: textOf(body) };
}

/** The payloads of one piece of work, from its start to its end. They have the same id. */
export interface ChainOptions {
  readonly family: "CONVERSION" | "IDENTIFICATION" | "STEP";
  readonly ends: "COMPLETED" | "FAILED";
  /** When the work begins: Unix time in seconds. Default: now. */
  readonly now?: number | undefined;
  readonly id?: string | undefined;
  readonly failedError?: FailedError | undefined;
}

/** A payload of a chain, and how many seconds after the work began it is sent. */
export interface ChainPayload extends SamplePayload {
  readonly afterSeconds: number;
}

/** Returns the payloads of a piece of work in their order. */
export function chain({ now = Math.floor(Date.now() / 1_000), ...options }: ChainOptions): readonly ChainPayload[] {
  return rule("chain", { now, ...options }).map(({ event, body, afterSeconds }: ChainLink) => ({ event, payload: textOf(body), afterSeconds }));
}
