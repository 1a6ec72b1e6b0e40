/** What is to be ended with a test, by the test's context. */
const ends = new WeakMap();

/** Runs `end` after the test: what came last first, and all of it even if some of it fails. */
export function atEnd(t, end) {
  let stack = ends.get(t);
  if (stack === undefined) {
    stack = new AsyncDisposableStack();
    ends.set(t, stack);
    t.after(() => stack.disposeAsync());
  }
  stack.defer(end);
}
