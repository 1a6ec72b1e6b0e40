import { signal } from "@preact/signals";

/** Whether changes arrive. */
export const connection = signal<"connecting" | "live" | "away">("connecting");
/** Why the page does not show the last changes. */
export const unread = signal<string | undefined>(undefined);

const RECONNECT_AFTER = 2_000;
const RETRY_AFTER = 1_000;
/** So that ten thousand changes are a few reloads. */
const RELOAD_AFTER = 100;

/** Calls `reload` at each connection and after changes, never twice at once, once for changes that come together, and again if it fails. */
export function follow(reload: () => Promise<void>): void {
  connect(coalesced(reload));
}

function connect(changed: () => void): void {
  const stream = new EventSource("/api/stream");
  stream.onopen = () => {
    connection.value = "live";
    changed();
  };
  stream.onmessage = changed;
  // Too much was missed: the server does not say what.
  stream.addEventListener("reload", changed);
  stream.onerror = () => {
    connection.value = "away";
    // The browser reconnects by itself, except when the answer was no stream.
    if (stream.readyState === EventSource.CLOSED) {
      setTimeout(() => connect(changed), RECONNECT_AFTER);
    }
  };
}

function coalesced(reload: () => Promise<void>): () => void {
  let state: "idle" | "loading" | "stale" = "idle";
  const load = async () => {
    do {
      state = "loading";
      unread.value = await reload().then(
        () => undefined,
        (error: Error) => error.message,
      );
      const pause = unread.value === undefined ? RELOAD_AFTER : RETRY_AFTER;
      await new Promise((resolve) => setTimeout(resolve, pause));
    } while (unread.value !== undefined || (state as string) === "stale");
    state = "idle";
  };
  return () => {
    if (state === "idle") {
      void load();
    } else {
      state = "stale";
    }
  };
}
