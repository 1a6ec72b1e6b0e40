import type { Attempt as SentAttempt, Bytes, EmulatedDelivery } from "../../src/wire.js";
export type Attempt = SentAttempt & { readonly url: string; readonly note?: string };
/** A delivery in a list: its attempts are without headers, their answers without headers and body. */
export type DeliverySummary = Omit<EmulatedDelivery, "payload" | "attempts"> & {
  readonly again?: { readonly of: string; readonly how: string };
  readonly attempts: readonly Attempt[];
};
export type Delivery = DeliverySummary & { readonly payload: Bytes };
export interface Triggered {
  readonly deliveries: readonly { readonly id: string; readonly webhookId: string; readonly event: string }[];
  readonly skipped: readonly { readonly webhookId: string; readonly event: string; readonly because: "disabled" | "notChosen" }[];
}
export interface Clock {
  readonly now: string;
  readonly speed: number;
  readonly toAdvance: number;
}
export interface Sample {
  readonly name: string;
  readonly event: string;
  readonly title: string;
}
export interface EmulatorSettings {
  readonly retryHeaders: "new" | "same";
  readonly failedError: "string" | "object" | "none";
  readonly allowRemote: boolean;
}
