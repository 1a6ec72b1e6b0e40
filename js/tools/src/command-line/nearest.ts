/** Returns the known name that a mistyped one most likely is, as ` Did you mean x?`, or nothing. */
export function didYouMean(name: string, known: readonly string[]): string {
  const nearest = nearestOf(name, known);
  return nearest === undefined ? "" : ` Did you mean ${nearest}?`;
}

function nearestOf(name: string, known: readonly string[]): string | undefined {
  const given = folded(name);
  let least = Math.max(1, Math.floor(given.length / 3)) + 1;
  let nearest: string | undefined;
  for (const candidate of known) {
    const distance = distanceOf(given, folded(candidate));
    if (distance < least) {
      least = distance;
      nearest = candidate;
    }
  }
  return nearest;
}

/** Case and the kind of dash are the usual mistakes. A long text is no mistyped name. */
function folded(name: string): string {
  return name.slice(0, 64).toLowerCase().replaceAll("_", "-");
}

/** How many letters must be added, removed, replaced, or swapped with their neighbours. */
function distanceOf(left: string, right: string): number {
  const rows: number[][] = [Array.from({ length: right.length + 1 }, (_, column) => column)];
  const at = (row: number, column: number) => rows[row]?.[column] ?? Infinity;
  for (let row = 1; row <= left.length; row += 1) {
    const line = [row];
    rows.push(line);
    for (let column = 1; column <= right.length; column += 1) {
      const replaced = at(row - 1, column - 1) + (left[row - 1] === right[column - 1] ? 0 : 1);
      const isSwap = left[row - 1] === right[column - 2] && left[row - 2] === right[column - 1];
      const swapped = isSwap ? at(row - 2, column - 2) + 1 : Infinity;
      line.push(Math.min(at(row - 1, column) + 1, at(row, column - 1) + 1, replaced, swapped));
    }
  }
  return at(left.length, right.length);
}
