// Waits for things that happen by themselves at an unknown time, for at most a minute, since the machine may be busy.
import assert from "node:assert/strict";
import { setTimeout as pause } from "node:timers/promises";

const MINUTE = 60_000;

/** Returns the promise's result. */
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

/** Waits for something that can only be polled. */
export async function until(reached, what) {
  for (const end = Date.now() + MINUTE; !(await reached()); await pause(50)) {
    assert.ok(Date.now() < end, `not within a minute: ${what}`);
  }
}
