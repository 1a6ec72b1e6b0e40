// A handler of the package, and deliveries to it.
import { webHandler } from "docutray-webhook/handler";
import { fresh, SECRET, URL } from "./delivery.mjs";

/** A handler of CONVERSION_COMPLETED that notes what it is called with. */
export function receiver({ handle = () => {}, ...options } = {}) {
  const handled = [];
  const on = {
    CONVERSION_COMPLETED: (event, lease) => {
      handled.push({ event, lease });
      return handle(event, lease);
    },
  };
  return { handled, handler: webHandler({ secret: SECRET, url: URL, on, ...options }) };
}

/** A request as Docutray makes it, signed now. */
export function request({ method = "POST", headers = {}, body, ...options } = {}) {
  const signed = fresh(options);
  return new Request("http://localhost/hooks", {
    method,
    headers: { ...signed.headers, ...headers },
    body: method === "GET" || method === "HEAD" ? undefined : (body ?? signed.body),
    duplex: "half",
  });
}

/** Status, headers and JSON of a response. */
export async function told(response) {
  return { status: response.status, headers: Object.fromEntries(response.headers), body: await response.json() };
}

/** A promise and what settles it. */
export function later() {
  let settle;
  const promise = new Promise((resolve, reject) => {
    settle = { resolve, reject };
  });
  return { promise, ...settle };
}

/** What is said on console.error and console.warn while `run` runs; not shown. */
export async function saidDuring(run) {
  const { error, warn } = console;
  const said = [];
  console.error = console.warn = (...words) => said.push(words);
  try {
    await run();
  } finally {
    Object.assign(console, { error, warn });
  }
  return said;
}
