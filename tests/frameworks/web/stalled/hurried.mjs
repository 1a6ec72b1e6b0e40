// A clock for an example: its 25 s have passed as soon as something waits for them.
const { setTimeout } = globalThis;

globalThis.setTimeout = (callback, ms, ...args) => setTimeout(callback, ms === 25_000 ? 0 : ms, ...args);
