import { effect, signal } from "@preact/signals";
import { ApiFault } from "./api.js";

/** What the page says last: read aloud by screen readers. */
export const notice = signal<{ readonly kind: "done" | "failed"; readonly text: string } | undefined>(undefined);

/** How long something done is shown, in milliseconds. What failed stays. */
const SHOWN_FOR = 10_000;

effect(() => {
  if (notice.value?.kind === "done") {
    const timer = setTimeout(() => (notice.value = undefined), SHOWN_FOR);
    return () => clearTimeout(timer);
  }
  return undefined;
});

export function say(text: string): void {
  notice.value = { kind: "done", text };
}

export function complain(error: unknown): void {
  notice.value = { kind: "failed", text: error instanceof ApiFault ? error.message : String(error) };
}

/** Does it, and says what came of it. Returns whether it was done. */
export async function attempt(action: () => Promise<string | undefined>): Promise<boolean> {
  try {
    const done = await action();
    if (done !== undefined) {
      say(done);
    }
    return true;
  } catch (error) {
    complain(error);
    return false;
  }
}
