// Every framework gives the same answers.
import assert from "node:assert/strict";
import { once } from "node:events";
import { connect } from "node:net";
import { suite, test } from "node:test";
import { fresh, SECRET, URL as REGISTERED } from "./delivery.mjs";
import { send, tampered } from "./deliveries.mjs";
import { HOSTS } from "./servers.mjs";

for (const [host, start] of Object.entries(HOSTS)) {
  suite(host, () => {
    /** Returns the webhook's URL, and the amounts that its handler has seen. */
    async function served(t, more) {
      const seen = [];
      const on = { CONVERSION_COMPLETED: ({ payload }) => void seen.push(payload.data.total) };
      const address = await start(t, { secret: SECRET, url: REGISTERED, on, ...more });
      return { hooks: `${address}/hooks`, address, seen };
    }

    test("a valid delivery is processed, a repetition only answered, a tampered one refused", async (t) => {
      const { hooks, seen } = await served(t);
      const good = await send(hooks, fresh());
      assert.deepEqual([good.status, good.json], [200, { verdict: "processed" }]);
      assert.equal(good.headers.get("content-type"), "application/json");
      const repeated = await send(hooks, fresh());
      assert.deepEqual([repeated.status, repeated.json], [200, { verdict: "duplicate" }]);
      const refused = await send(hooks, tampered({ id: "conv_2" }));
      assert.deepEqual([refused.status, refused.json.code], [401, "signature_mismatch"]);
      assert.equal(refused.headers.get("content-type"), "application/problem+json");
      assert.deepEqual(seen, [1190.5]);
    });

    test("other methods are answered 405 with Allow: POST", async (t) => {
      const { hooks } = await served(t);
      const { headers, body } = fresh();
      const others = [{ method: "GET" }, { method: "HEAD" }, { method: "DELETE" }, { method: "PUT", headers, body }];
      for (const request of others) {
        const { status, headers } = await send(hooks, request);
        assert.deepEqual([status, headers.get("allow")], [405, "POST"], request.method);
      }
    });

    test("every other media type is answered 415", async (t) => {
      const { hooks } = await served(t);
      const { headers, body } = fresh();
      const { "content-type": _, ...none } = headers;
      for (const type of ["text/plain", "application/x-www-form-urlencoded", "multipart/form-data", "json", "/", ";"]) {
        const { status, json } = await send(hooks, { headers: { ...none, "content-type": type }, body });
        assert.deepEqual([status, json.code], [415, "unsupported_media_type"], type);
      }
      const { status, json } = await send(hooks, { headers: none, body: Buffer.from(body) });
      assert.deepEqual([status, json.code], [415, "unsupported_media_type"]);
    });

    test("the media type may have a parameter", async (t) => {
      const { hooks } = await served(t);
      const { headers, body } = fresh();
      const typed = { ...headers, "content-type": "Application/JSON; charset=utf-8" };
      assert.equal((await send(hooks, { headers: typed, body })).status, 200);
    });

    /** Opens a connection and sends the head of a delivery and a part of its body. */
    async function begun(t, hooks, headers, body = "") {
      const { hostname, port } = new URL(hooks);
      const socket = connect(Number(port), hostname);
      t.after(() => socket.destroy());
      const lines = Object.entries({ host: hostname, ...headers }).map((pair) => pair.join(": "));
      const head = `POST /hooks HTTP/1.1\r\n${lines.join("\r\n")}\r\n\r\n`;
      await new Promise((resolve) => socket.write(head + body, resolve));
      return socket;
    }

    test("a length over the limit is answered 413 before any of the body has arrived", async (t) => {
      const { hooks } = await served(t, { maxBody: 1000 });
      const socket = await begun(t, hooks, { ...fresh().headers, "content-length": 1001 });
      const [answer] = await once(socket.setEncoding("latin1"), "data");
      assert.match(answer, /^HTTP\/1\.1 413 /);
    });

    test("a body of megabytes is accepted up to the limit and answered 413 beyond it", async (t) => {
      const { hooks, seen } = await served(t, { maxBody: 3 * 1024 * 1024 });
      const large = (bytes) => fresh({ payload: `${fresh().body}${" ".repeat(bytes)}` });
      assert.equal((await send(hooks, large(2 * 1024 * 1024))).status, 200);
      const { status, json } = await send(hooks, large(4 * 1024 * 1024));
      assert.deepEqual([status, json.code], [413, "body_too_large"]);
      assert.deepEqual(seen, [1190.5]);
    });

    test("a handler that throws is answered 500 without the reason", async (t) => {
      const errors = t.mock.method(console, "error", () => {});
      const on = {
        CONVERSION_COMPLETED() {
          throw new Error("the disk is full");
        },
      };
      const { hooks } = await served(t, { on });
      const { status, json } = await send(hooks, fresh());
      assert.deepEqual([status, json.code], [500, "handler_failed"]);
      assert.doesNotMatch(JSON.stringify(json), /disk/);
      assert.equal(errors.mock.calls[0].arguments.at(-1).message, "the disk is full");
    });

    test("a sender that disconnects during its body is logged once as an incomplete body", async (t) => {
      const warnings = t.mock.method(console, "warn", () => {});
      let record;
      const recorded = new Promise((resolve) => {
        record = resolve;
      });
      const { hooks, seen } = await served(t, { onDelivery: record });
      const { headers, body } = fresh();
      const socket = await begun(t, hooks, { ...headers, "content-length": body.length }, body.slice(0, 20));
      socket.destroy();
      assert.equal((await recorded).code, "incomplete_body");
      assert.deepEqual((await send(hooks, fresh())).json, { verdict: "processed" });
      assert.deepEqual(seen, [1190.5]);
      assert.deepEqual(warnings.mock.calls.map((call) => /ended early/.test(call.arguments[0])), [true]);
    });

    if (host !== "node:http") {
      test("other routes keep their JSON", async (t) => {
        const { address } = await served(t);
        const json = { a: [1, "ł"] };
        const sent = { headers: { "content-type": "application/json" }, body: JSON.stringify(json) };
        assert.deepEqual((await send(`${address}/echo`, sent)).json, json);
        await send(`${address}/hooks`, fresh());
        assert.deepEqual((await send(`${address}/echo`, sent)).json, json);
      });
    }
  });
}
