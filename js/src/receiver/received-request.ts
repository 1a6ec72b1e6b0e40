import type { HeadersLike } from "../headers.js";
import type { Incoming } from "./incoming.js";

/**
 * A request, as a `secret` or `url` function gets it. It has the same members as a Web `Request` on every host. **Nothing of it is
 * verified yet: anybody may have sent it.**
 */
export interface ReceivedRequest {
  readonly method: string;
  /** The absolute URL as this host sees it. A proxy may have changed the registered one, and the sender chooses the host name. */
  readonly url: string;
  readonly headers: {
    /** Returns a header by its name, in any case, repeated values joined by `", "`, or `null` without the header. */
    get(name: string): string | null;
  };
}

/** The parts of a request that a `secret` or `url` function may ask for. */
export type RequestOrigin = Pick<Incoming, "method" | "url" | "headers">;

export function receivedRequest(incoming: RequestOrigin): ReceivedRequest {
  return {
    method: incoming.method,
    get url() {
      return incoming.url();
    },
    headers: { get: (name) => header(incoming.headers, name) },
  };
}

/** Returns an absolute URL. Falls back to `localhost` if the sender's host name is not one. */
export function absoluteUrl(scheme: "http" | "https", host: string | undefined, path: string): string {
  for (const base of [`${scheme}://${host}`, `${scheme}://localhost`]) {
    try {
      return new URL(base + path).href;
    } catch {
      // The next base is tried.
    }
  }
  return `${scheme}://localhost/`;
}

function header(headers: HeadersLike, name: string): string | null {
  const wanted = name.toLowerCase();
  const pairs = Symbol.iterator in headers ? [...headers] : Object.entries(headers);
  const values = pairs.flatMap(([other, value]) => (other.toLowerCase() === wanted ? (value ?? []) : []));
  return values.length === 0 ? null : values.join(", ");
}
