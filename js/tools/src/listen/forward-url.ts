/**
 * Returns where a request is forwarded: to the path of `--forward`, or to the request's own path if that has none. The request's query is
 * kept, as it is written.
 */
export function forwardUrl(forward: URL, target: string): string {
  const at = target.indexOf("?");
  const [path, query] = at < 0 ? [target, ""] : [target.slice(0, at), target.slice(at + 1)];
  const hasPath = forward.pathname !== "/";
  const queries = [forward.search.slice(1), query].filter((part) => part !== "");
  return `${forward.origin}${hasPath ? forward.pathname : path}${queries.length > 0 ? `?${queries.join("&")}` : ""}`;
}
