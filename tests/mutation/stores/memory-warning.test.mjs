// The warning of memory(), in this process, where StrykerJS sees what runs. `js/test/memory-warning.test.mjs` has a process for each case.
import assert from "node:assert/strict";
import { suite, test } from "node:test";
import { memory } from "docutray-webhook/idempotency";

const HOSTS = {
  "AWS Lambda": { env: { AWS_LAMBDA_FUNCTION_NAME: "hooks" } },
  Vercel: { env: { AWS_LAMBDA_FUNCTION_NAME: "hooks", VERCEL: "1" } },
  "Cloudflare Workers": { userAgent: "Cloudflare-Workers" },
};
const NO_HOST = {
  "a server": {},
  "empty variables": { env: { AWS_LAMBDA_FUNCTION_NAME: "", VERCEL: "" } },
  Deno: { env: { VERCEL: "1" }, Deno: {} },
  "a host without variables": { process: {} },
  "a host without a process": { process: undefined },
};
const real = { navigator: globalThis.navigator, process: globalThis.process };
let loaded = 0;

/** Returns the lines that two stores write on a host. */
async function said(t, { userAgent, env = {}, ...globals }) {
  const lines = [];
  t.mock.method(console, "warn", (...words) => lines.push(words));
  // Each copy of the module warns once.
  const { warnWhereMemoryIsNotShared } = await import(`../built/idempotency/memory-warning.js?${++loaded}`);
  set({ navigator: userAgent && { userAgent }, process: { env }, ...globals });
  try {
    warnWhereMemoryIsNotShared();
    warnWhereMemoryIsNotShared();
  } finally {
    set({ ...real, Deno: undefined });
  }
  return lines;
}

function set(globals) {
  for (const [name, value] of Object.entries(globals)) {
    Object.defineProperty(globalThis, name, { value, configurable: true, writable: true });
  }
}

suite("memory()", () => {
  for (const [host, globals] of Object.entries(HOSTS)) {
    test(`warns once on ${host}`, async (t) => {
      const [[line], ...more] = await said(t, globals);
      assert.match(line, new RegExp(`^docutray-webhook: on ${host} each instance has its own memory\\. .* docutray-webhook/idempotency$`));
      assert.deepEqual(more, []);
    });
  }

  test("warns with the first store", (t) => {
    const warn = t.mock.method(console, "warn", () => {});
    set({ process: { env: { VERCEL: "1" } } });
    try {
      memory();
    } finally {
      set(real);
    }
    assert.equal(warn.mock.callCount(), 1);
  });

  for (const [host, globals] of Object.entries(NO_HOST)) {
    test(`does not warn on ${host}`, async (t) => assert.deepEqual(await said(t, globals), []));
  }
});
