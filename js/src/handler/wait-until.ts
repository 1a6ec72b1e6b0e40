type WaitUntil = (promise: Promise<unknown>) => void;

/** Where Vercel stores the context of the running request. */
const VERCEL = Symbol.for("@vercel/request-context");

/**
 * Finds the host's `waitUntil` in the arguments of the handler: the context of Workers or Netlify, the event of Pages, Hono's
 * `executionCtx`, or the platform of SvelteKit or Astro. Returns `undefined` on hosts that simply keep running.
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

/** Reads a property. Hono's getter throws if there is no such property. */
function property(value: unknown, name: PropertyKey): unknown {
  try {
    return (value as Record<PropertyKey, unknown> | null | undefined)?.[name];
  } catch {
    return undefined;
  }
}
