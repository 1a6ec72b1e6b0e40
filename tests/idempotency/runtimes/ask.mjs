// Sends requests to `hosted.mjs` in a runtime that another process runs.

/** Runs one case of the contract on a host there. */
export function runCase(address, host, name) {
  return ask(address, { host, name });
}

/** Calls a method of the host there. */
export function tell(address, host, method, ...args) {
  return ask(address, { host, method, args });
}

/** Opens a store of a host there. */
export function open(address, host, options) {
  const method = (method) => (...args) => ask(address, { host, options, method, args });
  const methods = ["claim", "renew", "complete", "release", "health"];
  return Object.fromEntries(methods.map((name) => [name, method(name)]));
}

async function ask(address, asked) {
  const response = await fetch(address, { method: "POST", body: JSON.stringify(asked) });
  const answer = await response.text();
  if (response.status !== 200) {
    throw new Error(answer);
  }
  return JSON.parse(answer);
}
