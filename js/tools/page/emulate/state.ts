import { computed, signal } from "@preact/signals";
import type { MachineClock, MachineSettings } from "../../src/emulator-machine.js";
import type { DeliveryState, DeliverySummary, EmulatedDelivery, Sample, Webhook } from "../../src/wire.js";
import { filterFromUrl, filterToUrl, idFromUrl, idToUrl } from "../address.js";
import { isGone, read, withQuery } from "../api.js";
import { complain } from "../notice.js";

interface List<Item> {
  readonly items: readonly Item[];
  /** How many older ones are no longer kept. */
  readonly dropped: number;
}

const DELIVERIES_AT_A_TIME = 50;

export const webhooks = signal<readonly Webhook[]>([]);
/** Newest first; without payloads, headers and the answers' bodies. */
export const deliveries = signal<List<DeliverySummary>>({ items: [], dropped: 0 });
export const samples = signal<readonly Sample[]>([]);
export const settings = signal<MachineSettings | undefined>(undefined);
export const isLoaded = signal(false);

export const filter = signal(filterFromUrl({ event: "", state: "", text: "" }));
const shown = signal(DELIVERIES_AT_A_TIME);
export const hasMore = computed(() => deliveries.value.items.length >= shown.value);

/** The open delivery, in the URL behind `#`. */
export const openId = signal<string | undefined>(idFromUrl());
/** The same, once it is read. */
export const opened = signal<EmulatedDelivery | undefined>(undefined);

const clockRead = signal({ nowMilliseconds: Date.now(), speed: 1, readAt: Date.now() });
const realNow = signal(Date.now());
/** By the emulator's clock, in milliseconds. */
export const emulatedNow = computed(() => clockRead.value.nowMilliseconds + (realNow.value - clockRead.value.readAt) * clockRead.value.speed);
export const speed = computed(() => clockRead.value.speed);

export async function reload(): Promise<void> {
  await Promise.all([reloadWebhooks(), reloadDeliveries(), reloadClock()]);
  isLoaded.value = true;
}

export async function reloadWebhooks(): Promise<void> {
  webhooks.value = (await read<List<Webhook>>("/api/webhooks")).items;
}

export async function reloadDeliveries(): Promise<void> {
  const asked = filter.value;
  const found = await read<List<DeliverySummary>>(withQuery("/api/deliveries", { ...asked, limit: shown.value }));
  // An answer to an older question must not replace a newer one.
  if (asked === filter.value) {
    deliveries.value = found;
    await reloadOpened();
  }
}

async function reloadOpened(): Promise<void> {
  const id = openId.value;
  if (opened.value !== undefined && opened.value.id === id && isOver(opened.value)) {
    return;
  }
  const found = id === undefined ? undefined : await read<EmulatedDelivery>(pathOf(id)).catch(undefinedIfGone);
  if (id === openId.value) {
    opened.value = found;
  }
}

function undefinedIfGone(error: unknown): undefined {
  if (!isGone(error)) {
    throw error;
  }
}

/** Nothing more comes of it. */
function isOver({ state, attempts }: EmulatedDelivery): boolean {
  return (state === "delivered" || state === "givenUp") && attempts.every(({ answer }) => answer !== undefined);
}

export function pathOf(id: string): string {
  return `/api/deliveries/${encodeURIComponent(id)}`;
}

export function openDelivery(id: string | undefined): void {
  openId.value = id;
  idToUrl(id);
  reloadOpened().catch(complain);
}

async function reloadClock(): Promise<void> {
  setClock(await read<MachineClock>("/api/clock"));
}

export function setClock({ nowMilliseconds, speed }: MachineClock): void {
  realNow.value = Date.now();
  clockRead.value = { nowMilliseconds, speed, readAt: realNow.value };
}

/** Lets the shown time go on. */
export function tick(): void {
  realNow.value = Date.now();
}

export function narrow(change: Partial<{ event: string; state: DeliveryState | ""; text: string }>): void {
  filter.value = { ...filter.value, ...change };
  filterToUrl(filter.value);
  shown.value = DELIVERIES_AT_A_TIME;
  reloadDeliveries().catch(complain);
}

export function showMore(): void {
  shown.value += DELIVERIES_AT_A_TIME;
  reloadDeliveries().catch(complain);
}

export async function readStart(): Promise<void> {
  [samples.value, settings.value] = await Promise.all([
    read<{ readonly items: readonly Sample[] }>("/api/samples").then(({ items }) => items),
    read<MachineSettings>("/api/settings"),
  ]);
}
