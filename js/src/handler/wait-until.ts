import { member } from "../right-entry.js";

type WaitUntil = (promise: Promise<unknown>) => void;

/** Where Vercel keeps it for whatever runs in a request. */
const VERCEL = Symbol.for("@vercel/request-context");

/**
 * What keeps the host alive after the answer, out of what it called the handler with: Workers' and Netlify's context, Pages'
 * event, Hono's `executionCtx`, SvelteKit's and Astro's platform. Nothing where a process simply goes on.
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
