import { computed, signal } from "@preact/signals";
import type { Capture } from "../../src/wire.js";
import { read, withQuery } from "../api.js";
import { filterFromUrl, filterToUrl } from "../filter.js";

export interface List<Item> {
  readonly items: readonly Item[];
  /** How many older ones are no longer kept. */
  readonly dropped: number;
}

/** How the listener was started. Its secret never comes here. */
export interface Settings {
  /** Where deliveries are received. */
  readonly receives: string;
  /** The registered URL, which is signed. */
  readonly url?: string;
  readonly forward?: string;
  readonly hasSecret: boolean;
}

const CAPTURES_AT_A_TIME = 100;

/** Newest first. */
export const captures = signal<List<Capture>>({ items: [], dropped: 0 });
export const settings = signal<Settings | undefined>(undefined);
export const isLoaded = signal(false);
export const filter = signal(filterFromUrl({ event: "", verdict: "", text: "" }));
export const shown = signal(CAPTURES_AT_A_TIME);
export const hasMore = computed(() => captures.value.items.length >= shown.value);

/** The chosen capture's id; in the URL behind `#`. Undefined: the newest, whichever that is. */
export const chosen = signal<string | undefined>(decodeURIComponent(location.hash.slice(1)) || undefined);
/** A chosen capture that is not, or no longer, in the list. */
const elsewhere = signal<Capture | undefined>(undefined);

export const selected = computed<Capture | undefined>(() => {
  const { items } = captures.value;
  if (chosen.value === undefined) {
    return items[0];
  }
  return items.find(({ id }) => id === chosen.value) ?? (elsewhere.value?.id === chosen.value ? elsewhere.value : undefined);
});

export async function reload(): Promise<void> {
  const asked = filter.value;
  const found = await read<List<Capture>>(withQuery("/api/captures", { ...asked, limit: shown.value }));
  // An answer to an older question must not replace a newer one.
  if (asked === filter.value) {
    captures.value = found;
    isLoaded.value = true;
    await findElsewhere();
  }
}

async function findElsewhere(): Promise<void> {
  const id = chosen.value;
  if (id !== undefined && selected.value === undefined) {
    elsewhere.value = await read<Capture>(`/api/captures/${encodeURIComponent(id)}`).catch(() => undefined);
  }
}

export function choose(id: string | undefined): void {
  // What is looked at stays, also when the list goes on without it.
  elsewhere.value = captures.value.items.find((capture) => capture.id === id);
  chosen.value = id;
  history.replaceState(undefined, "", `${location.pathname}${location.search}${id === undefined ? "" : `#${encodeURIComponent(id)}`}`);
  void findElsewhere();
}

/** Moves the choice by `step` in the list. */
export function move(step: number): void {
  const { items } = captures.value;
  const at = items.findIndex(({ id }) => id === selected.value?.id);
  const next = items[Math.min(Math.max(at + step, 0), items.length - 1)];
  if (next !== undefined) {
    choose(next.id);
  }
}

export function narrow(change: Partial<{ event: string; verdict: string; text: string }>): void {
  filter.value = { ...filter.value, ...change };
  filterToUrl(filter.value);
  shown.value = CAPTURES_AT_A_TIME;
  void reload();
}

export function showMore(): void {
  shown.value += CAPTURES_AT_A_TIME;
  void reload();
}
