/** A filter has the same words in the page's URL as in the API, so that a link shows what its sender sees. */
export function filterFromUrl<Filter extends Readonly<Record<string, string>>>(empty: Filter): Filter {
  const parameters = new URLSearchParams(location.search);
  const found = Object.keys(empty).map((name) => [name, parameters.get(name) ?? ""] as const);
  return Object.fromEntries(found) as Filter;
}

export function filterToUrl(filter: Readonly<Record<string, string>>): void {
  const parameters = new URLSearchParams(Object.entries(filter).filter(([, value]) => value !== ""));
  const query = parameters.toString();
  history.replaceState(undefined, "", `${location.pathname}${query === "" ? "" : `?${query}`}${location.hash}`);
}
