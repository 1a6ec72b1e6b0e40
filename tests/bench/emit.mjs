/**
 * Writes a table as one line of JSON for `cargo xtask bench`: `{ id?, title, note, columns, rows: [{ name, cells }] }`. A
 * cell is null, or an object with `median_us`, `ratio`, `low` and `high`, with `bytes` and optionally `ratio`, or with `text`.
 */
export function emit(table) {
  console.log(JSON.stringify(table));
}
