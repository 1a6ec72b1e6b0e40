// What comes by itself, though nobody knows when. It has a minute, on a busy machine.
import assert from "node:assert/strict";
import { setTimeout as pause } from "node:timers/promises";

const MINUTE = 60_000;

/** What the promise comes to. */
export async function soon(promise, what) {
  const stop = new AbortController();
  const over = pause(MINUTE, undefined, { signal: stop.signal }).then(
    () => assert.fail(`not within a minute: ${what}`),
    () => {},
  );
  try {
    return await Promise.race([promise, over]);
  } finally {
    stop.abort();
  }
}

/** Waits for what can only be looked for. */
export async function until(reached, what) {
  for (const end = Date.now() + MINUTE; !(await reached()); await pause(50)) {
    assert.ok(Date.now() < end, `not within a minute: ${what}`);
  }
}
