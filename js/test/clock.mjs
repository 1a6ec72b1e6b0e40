// A clock that stands until the test lets time pass: `setTimeout`, `setInterval` and `performance.now` go by it.

/** Everything that is ready to go on has gone on. */
export function turn() {
  return new Promise((resolve) => setImmediate(resolve));
}

export function stoppedClock(t) {
  const timers = new Map();
  let now = 0;
  let last = 0;
  function set(run, delay, interval) {
    // Timers count whole milliseconds.
    timers.set(++last, { due: now + Math.max(0, Math.round(delay)), run, interval });
    return last;
  }
  const clear = (id) => void timers.delete(id);
  t.mock.method(globalThis, "setTimeout", (run, delay = 0) => set(run, delay));
  t.mock.method(globalThis, "setInterval", (run, delay) => set(run, delay, delay));
  t.mock.method(globalThis, "clearTimeout", clear);
  t.mock.method(globalThis, "clearInterval", clear);
  t.mock.method(performance, "now", () => now);

  /** The first timer of those that are due next. */
  function next() {
    return [...timers].reduce((first, timer) => (first === undefined || timer[1].due < first[1].due ? timer : first), undefined);
  }

  return {
    /** Lets so many seconds pass. What is due is done one after the other, with all that follows of it. */
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
