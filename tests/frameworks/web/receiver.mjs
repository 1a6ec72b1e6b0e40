// The handler that every framework gets, as it is: no framework has glue of its own.
import { createHandler } from "docutray-webhook/handler";
import { SECRET, URL } from "./settings.mjs";

/** Seconds. */
const DEADLINE = 0.5;

export const handler = createHandler({
  secret: SECRET,
  url: URL,
  deadline: DEADLINE,
  on: { CONVERSION_COMPLETED: ({ payload }) => slow(payload.data) },
});

/** What is `slow` outlasts the deadline. */
async function slow(data) {
  if (data.slow) {
    await new Promise((resolve) => setTimeout(resolve, 3 * DEADLINE * 1000));
  }
}
