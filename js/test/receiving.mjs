// A handler of the package, and requests to it.
import { webHandler } from "docutray-webhook/handler";
import { fresh, SECRET, URL } from "./delivery.mjs";

/** Returns a handler of CONVERSION_COMPLETED that records its calls. */
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

/** Returns a request as Docutray sends it, signed now. */
export function request({ method = "POST", headers = {}, body, ...options } = {}) {
  const signed = fresh(options);
  return new Request("http://localhost/hooks", {
    method,
    headers: { ...signed.headers, ...headers },
    body: method === "GET" || method === "HEAD" ? undefined : (body ?? signed.body),
    duplex: "half",
  });
}

/** Returns status, headers and JSON of a response. */
export async function told(response) {
  return { status: response.status, headers: Object.fromEntries(response.headers), body: await response.json() };
}

/** Returns a promise and the functions that settle it. */
export function later() {
  let settle;
  const promise = new Promise((resolve, reject) => {
    settle = { resolve, reject };
  });
  return { promise, ...settle };
}

/** Returns what is written to console.error and console.warn while `run` runs. Does not print it. */
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
