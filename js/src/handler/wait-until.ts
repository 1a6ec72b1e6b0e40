import { member } from "../right-entry.js";

type WaitUntil = (promise: Promise<unknown>) => void;

/** Where Vercel stores the context of the running request. */
const VERCEL = Symbol.for("@vercel/request-context");

/**
 * Finds the host's `waitUntil` in the arguments of the handler: the context of Workers or Netlify, the event of Pages, Hono's
 * `executionCtx`, or the platform of SvelteKit or Astro. Returns `undefined` on hosts that simply keep running.
 */
export function findWaitUntil(given: readonly unknown[]): WaitUntil | undefined {
  const [first] = given;
  const platform = member(first, "platform");
  const places = [
    ...given,
    member(first, "executionCtx"),
    member(platform, "ctx"),
    member(platform, "context"),
    member(member(first, "locals"), "cfContext"),
    member(member(member(first, "locals"), "runtime"), "ctx"),
    vercel(),
  ];
  const place = places.find((place) => typeof member(place, "waitUntil") === "function");
  return place === undefined ? undefined : (promise) => (place as { waitUntil: WaitUntil }).waitUntil(promise);
}

function vercel(): unknown {
  const context = member(globalThis, VERCEL);
  const get = member(context, "get");
  return typeof get === "function" ? get.call(context) : undefined;
}
