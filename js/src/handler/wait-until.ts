type WaitUntil = (promise: Promise<unknown>) => void;

/** Where Vercel keeps it for whatever runs in a request. */
const VERCEL = Symbol.for("@vercel/request-context");

/**
 * What keeps the host alive after the answer, out of what it called the handler with: Workers' and Netlify's context, Pages'
 * event, Hono's `executionCtx`, SvelteKit's and Astro's platform. Nothing where a process simply goes on.
 */
export function findWaitUntil(given: readonly unknown[]): WaitUntil | undefined {
  const [first] = given;
  const platform = property(first, "platform");
  const places = [
    ...given,
    property(first, "executionCtx"),
    property(platform, "ctx"),
    property(platform, "context"),
    property(property(first, "locals"), "cfContext"),
    property(property(property(first, "locals"), "runtime"), "ctx"),
    vercel(),
  ];
  const place = places.find((place) => typeof property(place, "waitUntil") === "function");
  return place === undefined ? undefined : (promise) => (place as { waitUntil: WaitUntil }).waitUntil(promise);
}

function vercel(): unknown {
  const context = property(globalThis, VERCEL);
  const get = property(context, "get");
  return typeof get === "function" ? get.call(context) : undefined;
}

/** Hono's getter throws where there is no such thing. */
function property(value: unknown, name: PropertyKey): unknown {
  try {
    return (value as Record<PropertyKey, unknown> | null | undefined)?.[name];
  } catch {
    return undefined;
  }
}
