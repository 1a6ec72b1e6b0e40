import { computed, signal } from "@preact/signals";
import { filterFromUrl, filterToUrl, idFromUrl, idToUrl } from "../address.js";
import { isGone, read, withQuery } from "../api.js";
import { complain } from "../notice.js";
import { MOST_LISTED } from "../../src/listen/query.js";
import type { CaptureDetail, CaptureList, ListenerSettings } from "../../src/wire.js";

const CAPTURES_AT_A_TIME = 100;

/** Newest first. */
export const captures = signal<CaptureList>({ items: [], dropped: 0 });
export const settings = signal<ListenerSettings | undefined>(undefined);
export const isLoaded = signal(false);
export const filter = signal(filterFromUrl({ event: "", verdict: "", text: "" }));
const shown = signal(CAPTURES_AT_A_TIME);
export const hasMore = computed(() => shown.value < MOST_LISTED && captures.value.items.length >= shown.value);

/** The chosen capture's id, in the URL behind `#`. Undefined: the newest, whichever that is. */
export const chosen = signal<string | undefined>(idFromUrl());
/** The capture that is looked at. It stays when the list goes on without it. */
export const current = signal<CaptureDetail | undefined>(undefined);
/** A chosen capture that is not kept, or no longer. */
export const gone = signal<string | undefined>(undefined);
export const currentId = computed(() => chosen.value ?? captures.value.items[0]?.id);

export async function reload(): Promise<void> {
  const asked = filter.value;
  const found = await read<CaptureList>(withQuery("/api/captures", { ...asked, limit: shown.value }));
  // An answer to an older question must not replace a newer one.
  if (asked === filter.value) {
    captures.value = found;
    isLoaded.value = true;
    await reloadCurrent();
  }
}

/** A capture changes once: when it is answered. */
async function reloadCurrent(): Promise<void> {
  const id = currentId.value;
  if (id === undefined) {
    current.value = undefined;
  } else if (current.value?.id !== id || current.value.answer === undefined) {
    await show(id);
  }
}

async function show(id: string): Promise<void> {
  try {
    const found = await read<CaptureDetail>(pathOf(id));
    if (id === currentId.value) {
      current.value = found;
    }
  } catch (error) {
    if (id === currentId.value) {
      current.value = undefined;
      gone.value = isGone(error) ? id : undefined;
    }
    if (!isGone(error)) {
      throw error;
    }
  }
}

export function pathOf(id: string): string {
  return `/api/captures/${encodeURIComponent(id)}`;
}

/** Shows this capture, or without one the newest. */
export function choose(id: string | undefined): void {
  chosen.value = id;
  idToUrl(id);
  reloadCurrent().catch(complain);
}

/** Moves the choice by `step` in the list. */
export function move(step: number): void {
  const { items } = captures.value;
  const at = items.findIndex(({ id }) => id === currentId.value);
  const next = items[Math.min(Math.max(at + step, 0), items.length - 1)];
  if (next !== undefined) {
    choose(next.id);
  }
}

export function narrow(change: Partial<{ event: string; verdict: string; text: string }>): void {
  filter.value = { ...filter.value, ...change };
  filterToUrl(filter.value);
  shown.value = CAPTURES_AT_A_TIME;
  reload().catch(complain);
}

export function showMore(): void {
  shown.value = Math.min(shown.value + CAPTURES_AT_A_TIME, MOST_LISTED);
  reload().catch(complain);
}
