// A clock that advances only when the test says so. `setTimeout`, `setInterval` and `performance.now` use it.

/** Resolves when everything that can run has run. */
export function turn() {
  return new Promise((resolve) => setImmediate(resolve));
}

export function stoppedClock(t) {
  const timers = new Map();
  let now = 0;
  let last = 0;
  function set(run, delay, interval) {
    // Timers use whole milliseconds.
    timers.set(++last, { due: now + Math.max(0, Math.round(delay)), run, interval });
    return last;
  }
  const clear = (id) => void timers.delete(id);
  t.mock.method(globalThis, "setTimeout", (run, delay = 0) => set(run, delay));
  t.mock.method(globalThis, "setInterval", (run, delay) => set(run, delay, delay));
  t.mock.method(globalThis, "clearTimeout", clear);
  t.mock.method(globalThis, "clearInterval", clear);
  t.mock.method(performance, "now", () => now);

  /** Returns the first timer of those that are due next. */
  function next() {
    return [...timers].reduce((first, timer) => (first === undefined || timer[1].due < first[1].due ? timer : first), undefined);
  }

  return {
    /** Advances by this many seconds. Runs each timer that becomes due, with everything that follows from it. */
    async pass(seconds) {
      const end = now + Math.round(seconds * 1000);
      await turn();
      for (let timer = next(); timer !== undefined && timer[1].due <= end; timer = next()) {
        const [id, { due, run, interval }] = timer;
        now = due;
        timers.delete(id);
        if (interval !== undefined) {
          timers.set(id, { due: due + Math.round(interval), run, interval });
        }
        run();
        await turn();
      }
      now = end;
    },
  };
}
