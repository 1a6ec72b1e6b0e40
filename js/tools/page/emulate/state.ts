import { computed, signal } from "@preact/signals";
import type { DeliveryState, EmulatedDelivery, Webhook } from "../../src/wire.js";
import { read, withQuery } from "../api.js";
import { filterFromUrl, filterToUrl } from "../filter.js";

export interface List<Item> {
  readonly items: readonly Item[];
  /** How many older ones are no longer kept. */
  readonly dropped: number;
}

export interface Clock {
  /** ISO 8601: the emulated time. */
  readonly now: string;
  readonly speed: number;
}

/** A sample, an event or a chain that can be triggered. */
export interface Sample {
  readonly name: string;
  readonly event: string;
  readonly title: string;
}

/** How the emulator was started. */
export interface Settings {
  readonly retryHeaders: "new" | "same";
  readonly failedError: "string" | "object" | "none";
  readonly allowRemote: boolean;
}

export const webhooks = signal<readonly Webhook[]>([]);
export const deliveries = signal<List<EmulatedDelivery>>({ items: [], dropped: 0 });
export const clock = signal<Clock & { readonly readAt: number }>({ now: new Date().toISOString(), speed: 1, readAt: Date.now() });
export const samples = signal<readonly Sample[]>([]);
export const settings = signal<Settings | undefined>(undefined);
export const isLoaded = signal(false);

const DELIVERIES_AT_A_TIME = 50;
export const shown = signal(DELIVERIES_AT_A_TIME);
export const filter = signal(filterFromUrl({ event: "", state: "", text: "" }));
/** The open delivery. */
export const opened = signal<string | undefined>(undefined);

/** Ticks once a second, for what is shown as `in 30 s`. */
export const tick = signal(Date.now());
/** Milliseconds, by the emulator's clock. */
export const emulatedNow = computed(() => Date.parse(clock.value.now) + (tick.value - clock.value.readAt) * clock.value.speed);

export const hasMore = computed(() => deliveries.value.items.length >= shown.value);

export async function reload(): Promise<void> {
  await Promise.all([reloadWebhooks(), reloadDeliveries(), reloadClock()]);
  isLoaded.value = true;
}

export async function reloadWebhooks(): Promise<void> {
  webhooks.value = (await read<List<Webhook>>("/api/webhooks")).items;
}

export async function reloadDeliveries(): Promise<void> {
  const asked = filter.value;
  const found = await read<List<EmulatedDelivery>>(withQuery("/api/deliveries", { ...asked, limit: shown.value }));
  // An answer to an older question must not replace a newer one.
  if (asked === filter.value) {
    deliveries.value = found;
  }
}

export async function reloadClock(): Promise<void> {
  setClock(await read<Clock>("/api/clock"));
}

export function setClock(read: Clock): void {
  clock.value = { ...read, readAt: Date.now() };
}

export function narrow(change: Partial<{ event: string; state: DeliveryState | ""; text: string }>): void {
  filter.value = { ...filter.value, ...change };
  filterToUrl(filter.value);
  shown.value = DELIVERIES_AT_A_TIME;
  void reloadDeliveries();
}

export function showMore(): void {
  shown.value += DELIVERIES_AT_A_TIME;
  void reloadDeliveries();
}
