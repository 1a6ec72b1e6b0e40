// The handler that every framework uses, without adapters.
import { webHandler } from "docutray-webhook/handler";
import { SECRET, URL } from "./settings.mjs";

/** How long a slow event continues after its answer, in milliseconds. The test's duration does not depend on it. */
const MORE = 500;
/** Waits of at least this length can be for a deadline, in milliseconds. */
const LONG = 1000;

export const handler = webHandler({
  secret: SECRET,
  url: URL,
  on: { CONVERSION_COMPLETED: ({ payload }) => slow(payload.data) },
});

/** Processes an event beyond the deadline, which passes as soon as something waits for it, however fast the machine is. */
async function slow(data) {
  if (data.slow) {
    const more = new Promise((resolve) => setTimeout(resolve, MORE));
    endNextWait();
    await more;
  }
}

/** Ends the next long wait of this process at once. The handler's caller begins that wait when the handler has returned. */
function endNextWait() {
  const { setTimeout } = globalThis;
  globalThis.setTimeout = (callback, ms, ...args) => {
    if (ms < LONG) {
      return setTimeout(callback, ms, ...args);
    }
    globalThis.setTimeout = setTimeout;
    return setTimeout(callback, 0, ...args);
  };
}
