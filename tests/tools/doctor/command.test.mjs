// The doctor's contract: exit codes, where it may send, what it says, and what it never prints.
import assert from "node:assert/strict";
import { createServer } from "node:http";
import { test } from "node:test";
import { carefulReceiver } from "./careful-receiver.mjs";
import { doctor, examined, listening, SECRET, URL } from "./examined.mjs";

test("without a server it ends with 3, and says so", async (t) => {
  const server = createServer();
  const address = await listening(t, server);
  server.close();
  const { code, stdout, stderr } = await doctor(address);
  assert.deepEqual([code, stdout], [3, ""]);
  assert.match(stderr, /the endpoint cannot be reached/);
});

test("it sends over plain http to this machine alone", async () => {
  const { code, stdout, stderr } = await doctor("http://192.0.2.1/hooks");
  assert.deepEqual([code, stdout], [2, ""]);
  assert.match(stderr, /--allow-remote/);
});

test("a URL that is none is a mistake in the command", async () => {
  const { code, stderr } = await doctor("localhost/hooks");
  assert.equal(code, 2);
  assert.match(stderr, /http:\/\/ or https:\/\//);
});

test("the secret is never printed, not even if the endpoint tells it", async (t) => {
  const server = createServer((request, response) => request.resume().on("end", () => response.end(`{"code":"${SECRET}"}`)));
  const address = await listening(t, server);
  const { stdout, stderr } = await doctor(address);
  assert.ok(!(stdout + stderr).includes(SECRET));
  const { diagnoses } = await examined(address);
  assert.ok(diagnoses.some(({ code }) => code === "discloses_secret"));
});

test("each run has ids of its own, and they begin with doctor_", async (t) => {
  const runs = [];
  for (let run = 0; run < 2; run += 1) {
    const ids = new Set();
    const answer = ({ payload, value }, response) => {
      ids.add(value("request-id"));
      const id = payload.conversion_id ?? payload.identification_id ?? payload.step_execution_id ?? payload.batch_id;
      assert.match(id, /^doctor_[0-9a-f]{8}_/);
      response.end();
    };
    await doctor(await listening(t, carefulReceiver({ secret: SECRET, url: URL }, { answer })));
    runs.push(ids);
  }
  assert.ok(runs[0].size > 10 && [...runs[0]].every((id) => !runs[1].has(id)));
});

test("it follows no redirect", async (t) => {
  let asked = 0;
  const elsewhere = await listening(t, createServer((request, response) => response.end(`${(asked += 1)}`)));
  const server = createServer((request, response) => response.writeHead(307, { location: elsewhere }).end());
  assert.equal((await doctor(await listening(t, server))).code, 1);
  assert.equal(asked, 0);
});
