// The handler that every framework gets, as it is: no framework has glue of its own.
import { webHandler } from "docutray-webhook/handler";
import { SECRET, URL } from "./settings.mjs";

/** How long a slow event goes on after its answer, in milliseconds. No test is quicker or slower for it. */
const MORE = 500;
/** The shortest wait that can be for a deadline, in milliseconds. */
const LONG = 1000;

export const handler = webHandler({
  secret: SECRET,
  url: URL,
  on: { CONVERSION_COMPLETED: ({ payload }) => slow(payload.data) },
});

/** What is `slow` outlasts the deadline: it has come as soon as somebody waits for it, on the quickest machine and the slowest. */
async function slow(data) {
  if (data.slow) {
    const more = new Promise((resolve) => setTimeout(resolve, MORE));
    endNextWait();
    await more;
  }
}

/** The next long wait of this process ends at once: that of the handler's caller, which begins when the handler has returned. */
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
