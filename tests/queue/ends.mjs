/** The functions to call at the end of a test, by the test's context. */
const ends = new WeakMap();

/** Runs `end` after the test: the last added first, and all of them even if some fail. */
export function atEnd(t, end) {
  let stack = ends.get(t);
  if (stack === undefined) {
    stack = new AsyncDisposableStack();
    ends.set(t, stack);
    t.after(() => stack.disposeAsync());
  }
  stack.defer(end);
}
