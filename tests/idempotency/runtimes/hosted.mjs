// Runs within another runtime than the test runner's and does what `ask.mjs` asks for over HTTP.
import assert from "node:assert/strict";
import { contract, notApplicable } from "../contract.mjs";

/** Answers a request to one of `hosts`, which have the form that the contract expects, by their names. */
export async function hosted(request, hosts) {
  const { host, ...asked } = await request.json();
  try {
    return Response.json((await done(asked, hosts[host])) ?? null);
  } catch (error) {
    return new Response(error.stack, { status: 500 });
  }
}

function done({ name, options, method, args }, host) {
  if (name !== undefined) {
    const asked = contract.find((one) => one.name === name);
    assert.equal(notApplicable(asked, host), undefined);
    return asked.run(host);
  }
  const target = method in host ? host : host.open(options);
  return target[method](...args);
}
