import { computed } from "@preact/signals";
import { settings } from "./state.js";

/** The pauses before the retries, in seconds. */
export const pauses = computed(() => settings.value?.retriesAfterSeconds ?? []);
/** How many tries a delivery has, once that is known. */
export const tries = computed(() => (settings.value === undefined ? "…" : pauses.value.length + 1));
/** So many seconds after the first try, the last retry is due. */
export const allPauses = computed(() => pauses.value.reduce((sum, pause) => sum + pause, 0));
