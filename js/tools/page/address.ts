// What the page shows is in its address, so that a link shows what its sender sees.

/** The filter, by the same words as in the API. */
export function filterFromUrl<Filter extends Readonly<Record<string, string>>>(empty: Filter): Filter {
  const parameters = new URLSearchParams(location.search);
  const found = Object.keys(empty).map((name) => [name, parameters.get(name) ?? ""] as const);
  return Object.fromEntries(found) as Filter;
}

export function filterToUrl(filter: Readonly<Record<string, string>>): void {
  const parameters = new URLSearchParams(Object.entries(filter).filter(([, value]) => value !== ""));
  const query = parameters.toString();
  replace(query === "" ? "" : `?${query}`, location.hash);
}

/** The id of what is open. Ids need no encoding. */
export function idFromUrl(): string | undefined {
  return location.hash.slice(1) || undefined;
}

export function idToUrl(id: string | undefined): void {
  replace(location.search, id === undefined ? "" : `#${id}`);
}

function replace(query: string, hash: string): void {
  history.replaceState(undefined, "", location.pathname + query + hash);
}
