// Starts the examples as their READMEs say.
import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import { suite, test } from "node:test";
import { fileURLToPath } from "node:url";
import { fresh, SECRET, URL as REGISTERED } from "./delivery.mjs";
import { send, tampered } from "./deliveries.mjs";
import { passesTheDoctor } from "./passes-the-doctor.mjs";

for (const example of ["express", "fastify"]) {
  suite(`examples/${example}`, () => {
    const script = fileURLToPath(new URL(`../examples/${example}/server.mjs`, import.meta.url));

    function started(t, environment) {
      const server = spawn(process.execPath, [script], {
        env: { PORT: "0", DOCUTRAY_WEBHOOK_SECRET: SECRET, DOCUTRAY_WEBHOOK_URL: REGISTERED, ...environment },
        stdio: ["ignore", "pipe", "pipe"],
      });
      t.after(() => server.kill());
      return server;
    }

    test("processes a valid delivery once, and refuses a tampered one", async (t) => {
      const server = started(t, { DOCUTRAY_WEBHOOK_SECRET_OLD: "whsec_old" });
      let errors = "";
      server.stderr.on("data", (text) => {
        errors += text;
      });
      const lines = createInterface(server.stdout)[Symbol.asyncIterator]();
      const { value: first } = await lines.next();
      const [, address] = /^listening on (http:\/\/127\.0\.0\.1:\d+)$/.exec(first);
      const hooks = `${address}/hooks`;

      const good = await send(hooks, fresh());
      assert.deepEqual([good.status, good.json], [200, { verdict: "processed" }]);
      assert.match((await lines.next()).value, /^conv_1: invoice/);
      const repeated = await send(hooks, fresh());
      assert.deepEqual([repeated.status, repeated.json], [200, { verdict: "duplicate" }]);
      const refused = await send(hooks, tampered());
      assert.deepEqual([refused.status, refused.json.code], [401, "signature_mismatch"]);
      assert.equal((await send(hooks, fresh({ secret: "whsec_old", id: "conv_2" }))).status, 200);
      assert.match((await lines.next()).value, /^conv_2: invoice/);

      const other = await send(hooks, { method: "GET" });
      assert.deepEqual([other.status, other.headers.get("allow")], [405, "POST"]);
      assert.deepEqual((await send(address, { method: "GET" })).json, { status: "up" });
      const told = errors.match(/(?<=^docutray-webhook: a request was refused: )(signature_mismatch|its method is not POST)/gm);
      assert.deepEqual(told, ["signature_mismatch", "its method is not POST"]);
      assert.equal(errors.trim().split("\n").length, 2, errors);
    });

    test("passes the doctor", async (t) => {
      const lines = createInterface(started(t).stdout)[Symbol.asyncIterator]();
      const [, address] = /^listening on (http:\/\/127\.0\.0\.1:\d+)$/.exec((await lines.next()).value);
      await passesTheDoctor(`${address}/hooks`, { secret: SECRET, url: REGISTERED });
    });

    test("does not start without its settings, and names them", async (t) => {
      for (const DOCUTRAY_WEBHOOK_SECRET of ["", undefined]) {
        const server = started(t, { DOCUTRAY_WEBHOOK_SECRET });
        let errors = "";
        server.stderr.on("data", (text) => {
          errors += text;
        });
        const [code] = await once(server, "close");
        assert.equal(code, 1);
        assert.match(errors, /invalid_config: .*secret/);
      }
    });
  });
}
