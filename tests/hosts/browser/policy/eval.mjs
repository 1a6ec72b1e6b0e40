// A page that does what its policy forbids, and hides the error.
try {
  (0, eval)("1");
} catch {
  globalThis.tell({ statuses: [] });
}
