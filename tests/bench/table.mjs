/** Rows of cells as a Markdown table that reads well as it is. Columns from the second on are aligned as told. */
export function table(header, rows, { right = true } = {}) {
  const widths = header.map((_, column) => Math.max(...[header, ...rows].map((row) => row[column].length)));
  const padded = (row) => row.map((cell, column) => pad(cell, widths[column], right && column > 0));
  const rule = widths.map((width, column) => (right && column > 0 ? `${"-".repeat(width - 1)}:` : "-".repeat(width)));
  return [padded(header), rule, ...rows.map(padded)].map((row) => `| ${row.join(" | ")} |\n`).join("");
}

function pad(cell, width, right) {
  return right ? cell.padStart(width) : cell.padEnd(width);
}
