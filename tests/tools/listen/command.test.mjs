// How the command begins, what it says, and how it ends.
import assert from "node:assert/strict";
import { once } from "node:events";
import { createServer } from "node:net";
import { test } from "node:test";
import { fresh, SECRET, URL as REGISTERED } from "../delivery.mjs";
import { run, startInTerminal } from "../program.mjs";
import { source } from "../source.mjs";
import { behind, deliver, listening } from "./listener.mjs";

const secret = { DOCUTRAY_WEBHOOK_SECRET: SECRET };
/** In milliseconds. What is waited for comes much earlier, unless it never comes. */
const PATIENCE = 120_000;
const listen = ["listen", "--port", "0", "--inspector-port", "0"];

test("the first line says where it is, when both sockets are bound", async (t) => {
  const listener = await listening(t);
  assert.equal(listener.ready.type, "ready");
  assert.equal((await fetch(`${listener.inspector}/readyz`)).status, 200);
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

test("a signal that comes while it starts ends it", { timeout: PATIENCE }, async (t) => {
  const { listen: command } = await source("commands/listen.ts");
  const stop = new AbortController();
  let press;
  const terminal = {
    json: true,
    // The last that it does before it waits.
    data: () => stop.abort(),
    say() {},
    paint: (_style, text) => text,
    onKey: (listener) => {
      press = listener;
      return () => {};
    },
  };
  t.after(() => press?.("q"));
  await command.run({ operands: [], options: { secret: SECRET, port: 0, "inspector-port": 0, "allow-remote": false }, terminal, signal: stop.signal });
});

test("a port that is taken ends it with 3, and says which option gives another", async (t) => {
  const taken = createServer().listen(0, "127.0.0.1");
  await once(taken, "listening");
  t.after(() => taken.close());
  const { port } = taken.address();
  for (const option of ["--port", "--inspector-port"]) {
    const { code, stderr, stdout } = await run([...listen, option, String(port)], { env: secret });
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
    const { code, stdout, stderr } = await run([...listen, ...options], { env: secret });
    assert.deepEqual([code, stdout], [2, ""], options.join(" "));
    assert.match(stderr, expected);
    assert.ok(!stderr.includes(SECRET) && !stderr.includes("password@"));
  }
});

test("forwarding to the listener itself is refused", async () => {
  // It is refused before the port is taken.
  const { code, stderr } = await run([...listen, "--port", "4041", "--forward", "http://localhost:4041/hooks"], { env: secret });
  assert.equal(code, 2);
  assert.match(stderr, /this listener itself/);
});

test("a URL without a port leads to that of its protocol", async () => {
  const { leadsTo } = await source("listen/settings.ts");
  for (const [url, port, expected] of [
    ["http://localhost", 80, true],
    ["http://127.0.0.1:80/hooks", 80, true],
    ["https://localhost", 443, true],
    ["http://localhost", 443, false],
    ["http://localhost:4041", 4041, true],
    ["http://[::1]:4041", 4041, true],
    ["http://localhost:4042", 4041, false],
    ["http://example.com", 80, false],
  ]) {
    assert.equal(leadsTo(new URL(url), port), expected, `${url} ${port}`);
  }
});

test("without a secret and a terminal it ends with 2, and names the variable", async () => {
  const { code, stderr } = await run(listen);
  assert.equal(code, 2);
  assert.match(stderr, /DOCUTRAY_WEBHOOK_SECRET/);
});

test("lines for people have no secret and nothing of a sender that could move the cursor", async (t) => {
  const { screen } = await terminal(t, ["--url", REGISTERED], async (said, type) => {
    const port = portOn(await said("q ends"));
    await deliver({ port }, fresh({ id: "\u001b[2J\u202ex" }));
    const { headers, body } = fresh();
    await deliver({ port }, { headers: { ...headers, "x-docutray-event": "A\u00e9\u009b" }, body }, "/%1b[2J");
    await said("<-- #2");
    type("q");
  });
  assert.match(screen, /--> #1 CONVERSION_COMPLETED:\\u001b\[2J\\u202ex verified: \d+ bytes/);
  assert.match(screen, /<-- #1 .* 200: as a right receiver/);
  assert.match(screen, /--> #2 \(no event\) refused: malformed_header/);
  assert.doesNotMatch(screen, /[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202e]/);
  assert.ok(!screen.includes(SECRET));
});

test("keys: r sends the last delivery again, q ends with 0", async (t) => {
  const server = await behind(t);
  const { code, screen } = await terminal(t, ["--url", REGISTERED, "--forward", server.url], async (said, type) => {
    const port = portOn(await said("q ends"));
    type("r");
    await said("Nothing has come yet.");
    await deliver({ port }, fresh());
    await said("<-- #1");
    type("r");
    await said("<-- #2");
    type("q");
  });
  assert.equal(code, 0, screen);
  assert.match(screen, /--> #2 CONVERSION_COMPLETED:conv_1 verified: repeats #1, #1 sent again/);
  assert.deepEqual(server.came.map(({ body }) => body.toString()), [fresh().body, fresh().body]);
});

test("r says why nothing can be sent again", async (t) => {
  const { code } = await terminal(t, ["--url", REGISTERED], async (said, type) => {
    const port = portOn(await said("q ends"));
    await deliver({ port }, fresh());
    await said("<-- #1");
    type("r");
    await said("--forward URL");
    type("\u0003");
  });
  assert.equal(code, 130);
});

/** Runs `listen` in a terminal. `act` waits for what the screen shows, and types. */
async function terminal(t, options, act) {
  const running = startInTerminal([...listen, ...options], { NO_COLOR: "1", ...secret });
  t.after(() => running.kill());
  await act(running.said, running.type);
  return await running.ended;
}

/** The port at which deliveries are received, as the screen says. */
function portOn(screen) {
  return Number(/http:\/\/127\.0\.0\.1:(\d+)/.exec(screen)[1]);
}
