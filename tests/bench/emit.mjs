/**
 * Writes a table, one line of JSON, for `cargo xtask bench`: `{ id?, title, note, columns, rows: [{ name, cells }] }`. A
 * cell is null, or an object of `median_us`, `ratio`, `low` and `high`; of `bytes` and perhaps `ratio`; or of `text`.
 */
export function emit(table) {
  console.log(JSON.stringify(table));
}
