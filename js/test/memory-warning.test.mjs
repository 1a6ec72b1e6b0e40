// memory() warns where a host starts and ends instances as it likes. It does so once in a process: each case is one of its own.
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { suite, test } from "node:test";

const IMPORTS = `
  import { webHandler } from "docutray-webhook/handler";
  import { memory } from "docutray-webhook/idempotency";
  const options = { secret: "s", url: "https://example.com", on: { "*": () => {} } };
`;
const PLAIN = Object.fromEntries(Object.entries(process.env).filter(([name]) => !/^(VERCEL|AWS_LAMBDA)/.test(name)));

/** What a process writes to its console, as errors and warnings go there. */
function said(script, { env = {}, before = "" } = {}) {
  const args = ["--input-type=module", "--eval", IMPORTS + before + script];
  const { status, stdout, stderr } = spawnSync(process.execPath, args, {
    cwd: import.meta.dirname,
    encoding: "utf8",
    env: { ...PLAIN, ...env },
  });
  assert.deepEqual([status, stdout], [0, ""], stderr);
  return stderr;
}

/** One line that names the host and stores that fit there. */
function warns(text, host, ...stores) {
  assert.match(text, /^docutray-webhook: on [^\n]+ use [^\n]+ of docutray-webhook\/idempotency\n$/);
  for (const words of [` on ${host} `, "memory()", ...stores]) {
    assert.ok(text.includes(words), `${words} is not in: ${text}`);
  }
}

const agent = (userAgent) => `Object.defineProperty(globalThis, "navigator", { value: { userAgent: ${JSON.stringify(userAgent)} } });`;
const LAMBDA = { env: { AWS_LAMBDA_FUNCTION_NAME: "hooks" } };
const VERCEL = { env: { VERCEL: "1" } };
const WORKERS = { before: agent("Cloudflare-Workers") };

suite("memory() warns", () => {
  test("on AWS Lambda", () => warns(said("memory()", LAMBDA), "AWS Lambda", "dynamodb(client)", "redis(client)", "postgres(pool)"));
  test("on Vercel", () => warns(said("memory()", VERCEL), "Vercel", "@upstash/redis", "postgres(pool)"));
  test("on Vercel, where it has Lambda's variables", () =>
    warns(said("memory()", { env: { ...VERCEL.env, ...LAMBDA.env } }), "Vercel", "redis(client)"));
  test("on Workers", () => warns(said("memory()", WORKERS), "Cloudflare Workers", "durableObject(namespace)", "d1(database)"));

  test("once, however many are made", () => {
    warns(said("memory(); webHandler(options); memory()", LAMBDA), "AWS Lambda");
  });

  test("where it is the default of a handler", () => {
    warns(said("webHandler(options)", VERCEL), "Vercel");
  });
});

suite("nobody is warned", () => {
  test("on a server", () => assert.equal(said("memory(); webHandler(options)"), ""));
  test("where the variables are empty", () => assert.equal(said("memory()", { env: { VERCEL: "", AWS_LAMBDA_FUNCTION_NAME: "" } }), ""));
  test("of a store in common", () => {
    const script = "webHandler({ ...options, idempotency: { ...own } })";
    const own = "const own = { lease: 60, claim() {}, renew() {}, complete() {}, release() {} };";
    assert.equal(said(script, { ...LAMBDA, before: own }), "");
  });
  test("where there is no process and no navigator", () => {
    const before = "delete globalThis.navigator; globalThis.process = undefined;";
    assert.equal(said("memory()", { before }), "");
  });
  test("in Deno, which would ask before it shows a variable", () => {
    const before = 'globalThis.Deno = {}; Object.defineProperty(process, "env", { get() { throw new Error("denied"); } });';
    assert.equal(said("memory()", { before }), "");
  });
});

test("a console that throws costs nothing", () => {
  assert.equal(said('console.warn = () => { throw new Error("closed"); }; memory()', LAMBDA), "");
});
