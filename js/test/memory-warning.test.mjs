// memory() warns on hosts that run many instances. It warns once in a process, so each case runs in its own process.
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { suite, test } from "node:test";

const IMPORTS = `
  import { webHandler } from "docutray-webhook/handler";
  import { memory } from "docutray-webhook/idempotency";
  const options = { secret: "s", url: "https://example.com", on: { "*": () => {} } };
`;
const PLAIN = Object.fromEntries(Object.entries(process.env).filter(([name]) => !/^(VERCEL|AWS_LAMBDA)/.test(name)));

/** Returns what a process writes to the console as errors and warnings. */
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

/** Checks for one line that names the host and suitable stores. */
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
  test("on Vercel even with Lambda's variables", () =>
    warns(said("memory()", { env: { ...VERCEL.env, ...LAMBDA.env } }), "Vercel", "redis(client)"));
  test("on Workers", () => warns(said("memory()", WORKERS), "Cloudflare Workers", "durableObject(namespace)", "d1(database)"));

  test("once, however many stores are made", () => {
    warns(said("memory(); webHandler(options); memory()", LAMBDA), "AWS Lambda");
  });

  test("if it is a handler's default", () => {
    warns(said("webHandler(options)", VERCEL), "Vercel");
  });
});

suite("memory() does not warn", () => {
  test("on a server", () => assert.equal(said("memory(); webHandler(options)"), ""));
  test("if the variables are empty", () => assert.equal(said("memory()", { env: { VERCEL: "", AWS_LAMBDA_FUNCTION_NAME: "" } }), ""));
  test("if a shared store is used", () => {
    const script = "webHandler({ ...options, idempotency: { ...own } })";
    const own = "const own = { lease: 60, claim() {}, renew() {}, complete() {}, release() {} };";
    assert.equal(said(script, { ...LAMBDA, before: own }), "");
  });
  test("without process and navigator", () => {
    const before = "delete globalThis.navigator; globalThis.process = undefined;";
    assert.equal(said("memory()", { before }), "");
  });
  test("in Deno, which would ask for permission to read a variable", () => {
    const before = 'globalThis.Deno = {}; Object.defineProperty(process, "env", { get() { throw new Error("denied"); } });';
    assert.equal(said("memory()", { before }), "");
  });
});

test("a console that throws does no harm", () => {
  assert.equal(said('console.warn = () => { throw new Error("closed"); }; memory()', LAMBDA), "");
});
