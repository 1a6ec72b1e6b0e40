// How the command begins, what it says, and how it ends.
import assert from "node:assert/strict";
import { execFile, spawn } from "node:child_process";
import { once } from "node:events";
import { createServer } from "node:net";
import { test } from "node:test";
import { fresh, SECRET } from "../delivery.mjs";
import { behind, deliver, listening, PROGRAM } from "./listener.mjs";

/** Runs `listen` until it ends by itself. */
function run(options, environment = {}) {
  return new Promise((resolve) => {
    const env = { ...process.env, DOCUTRAY_WEBHOOK_SECRET: SECRET, ...environment };
    const child = execFile(process.execPath, [PROGRAM, "listen", "--port", "0", "--inspector-port", "0", ...options], { env }, (_error, stdout, stderr) =>
      resolve({ code: child.exitCode, stdout, stderr }),
    );
    child.stdin.end();
  });
}

test("the first line says where it is, when both sockets are bound", async (t) => {
  const listener = await listening(t);
  assert.equal(listener.ready.type, "ready");
  assert.equal((await fetch(`${listener.ready.inspector}/readyz`)).status, 200);
  assert.equal((await deliver(listener, fresh())).status, 200);
});

test("an interruption ends it with 130, while a delivery waits for the server", async (t) => {
  for (const signal of ["SIGINT", "SIGTERM"]) {
    const server = await behind(t, () => {});
    const listener = await listening(t, { options: ["--forward", server.url] });
    const failed = assert.rejects(deliver(listener, fresh()));
    await listener.next();
    const exited = once(listener.child, "exit");
    listener.child.kill(signal);
    assert.deepEqual(await exited, [130, null]);
    await failed;
    assert.doesNotMatch(listener.output.stderr, /fault of docutray-webhook/);
  }
});

test("a port that is taken ends it with 3, and says which option gives another", async (t) => {
  const taken = createServer().listen(0, "127.0.0.1");
  await once(taken, "listening");
  t.after(() => taken.close());
  const { port } = taken.address();
  for (const option of ["--port", "--inspector-port"]) {
    const { code, stderr, stdout } = await run([option, String(port)]);
    assert.deepEqual([code, stdout], [3, ""]);
    assert.match(stderr, new RegExp(`${port}.*${option} `));
  }
});

test("options that cannot be end it with 2, and say what is expected", async () => {
  const wrong = [
    [["--forward", "localhost:3000"], /--forward: .*http/],
    [["--forward", "http://192.0.2.1/"], /--forward leads to 192\.0\.2\.1, .*--allow-remote/],
    [["--forward", "https://example.com/"], /--allow-remote/],
    [["--forward", "https://localhost.example.com/"], /--allow-remote/],
    [["--forward", "http://user:password@localhost/"], /user name/],
    [["--answer", "99"], /--answer takes/],
    [["--answer", "hangs"], /--answer takes/],
    [["--answer", "200", "--forward", "http://localhost:3000"], /exclude each other/],
    [["--url", "example.com/hooks"], /--url: /],
    [["--url", " https://example.com/hooks"], /--url: /],
    [["--port", "65536"], /--port must be/],
  ];
  for (const [options, expected] of wrong) {
    const { code, stdout, stderr } = await run(options);
    assert.deepEqual([code, stdout], [2, ""], options.join(" "));
    assert.match(stderr, expected);
    assert.ok(!stderr.includes(SECRET) && !stderr.includes("password@"));
  }
});

test("forwarding to the listener itself is refused", async () => {
  const free = createServer().listen(0, "127.0.0.1");
  await once(free, "listening");
  const { port } = free.address();
  await new Promise((resolve) => free.close(resolve));
  const { code, stderr } = await run(["--port", String(port), "--forward", `http://localhost:${port}/hooks`]);
  assert.equal(code, 2);
  assert.match(stderr, /this listener itself/);
});

test("without a secret and a terminal it ends with 2, and names the variable", async () => {
  const { code, stderr } = await run([], { DOCUTRAY_WEBHOOK_SECRET: "" });
  assert.equal(code, 2);
  assert.match(stderr, /DOCUTRAY_WEBHOOK_SECRET/);
});

test("lines for people have no secret and nothing of a sender that could move the cursor", async (t) => {
  const env = { ...process.env, DOCUTRAY_WEBHOOK_SECRET: SECRET, FORCE_COLOR: "0" };
  const line = ["listen", "--port", "0", "--inspector-port", "0", "--url", "https://example.com/hooks/docutray"];
  const child = spawn(process.execPath, [PROGRAM, ...line], { env, stdio: ["ignore", "pipe", "pipe"] });
  t.after(() => child.kill("SIGKILL"));
  let text = "";
  const said = async (part) => {
    while (!text.includes(part)) {
      await new Promise((resolve) => setTimeout(resolve, 5));
    }
  };
  child.stdout.setEncoding("utf8").on("data", (chunk) => (text += chunk));
  child.stderr.setEncoding("utf8").on("data", (chunk) => (text += chunk));
  await said("Keeps:");
  const [, port] = /receives at http:\/\/127\.0\.0\.1:(\d+)/.exec(text);
  await deliver({ port }, fresh({ id: "\u001b[2J\u202ex" }));
  const { headers, body } = fresh();
  await deliver({ port }, { headers: { ...headers, "x-docutray-event": "A\u00e9\u009b" }, body }, "/%1b[2J");
  await said("<-- #2");
  assert.match(text, /--> #1 CONVERSION_COMPLETED:\\u001b\[2J\\u202ex verified: \d+ bytes/);
  assert.match(text, /<-- #1 .* 200: as a right receiver/);
  assert.match(text, /--> #2 \(no event\) refused: malformed_header/);
  assert.doesNotMatch(text, /[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202e]/);
  assert.ok(!text.includes(SECRET));
});
