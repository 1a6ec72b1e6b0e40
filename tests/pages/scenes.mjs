// What the pages show in the tests, made by the commands themselves.
import assert from "node:assert/strict";
import { once } from "node:events";
import { createServer, request } from "node:http";
import { completed, fresh, SECRET, URL } from "./delivery.mjs";
import { start } from "./programs.mjs";

const ENVIRONMENT = { DOCUTRAY_WEBHOOK_SECRET: SECRET };

/** Starts an emulator whose deliveries are in every state. Returns its page's URL. */
export async function emulated(t) {
  const { url } = await start(t, "emulate");
  const endpoint = await answering(t, (path) => ({ status: path === "/fails" ? 500 : 204 }));
  const all = ["CONVERSION", "IDENTIFICATION", "STEP"].flatMap((family) => ["STARTED", "COMPLETED", "FAILED"].map((stage) => `${family}_${stage}`));
  await post(url, "/api/webhooks", { url: `${endpoint}/webhooks/docutray`, events: all });
  const { webhook } = await post(url, "/api/webhooks", { url: `${endpoint}/fails`, events: ["STEP_FAILED", "IDENTIFICATION_COMPLETED"] });
  await post(url, "/api/webhooks", { url: "https://example.com/hooks?tenant=acme&region=south-america", events: ["CONVERSION_COMPLETED"], enabled: false });
  await post(url, "/api/events", { event: "STEP_FAILED", webhookId: webhook.id });
  await settled(url, "waiting");
  await post(url, "/api/clock", { advance: 4_890 });
  await settled(url, "givenUp");
  for (const event of ["CONVERSION_STARTED", "CONVERSION_COMPLETED", "STEP_COMPLETED", "IDENTIFICATION_COMPLETED"]) {
    await post(url, "/api/events", { event });
  }
  await settled(url, "waiting");
  return url;
}

/** Starts a listener that has got a delivery of each verdict. Returns its page's URL. */
export async function listened(t) {
  const server = await answering(t, () => ({ status: 200, body: "stored" }));
  const { url, inspector } = await start(t, "listen", ["--inspector-port", "0", "--url", URL, "--forward", server], ENVIRONMENT);
  const good = fresh({ id: "conv_1" });
  await deliver(url, good);
  await deliver(url, fresh({ payload: { ...completed(), document_type_code: undefined } }));
  await deliver(url, good);
  await deliver(url, { ...fresh({ id: "conv_2" }), body: `${fresh({ id: "conv_2" }).body}\n` });
  return inspector;
}

/** Starts a listener. Returns its page's URL, and where it receives. */
export function listening(t, ...options) {
  return start(t, "listen", [...(options.includes("--inspector-port") ? [] : ["--inspector-port", "0"]), "--url", URL, ...options], ENVIRONMENT);
}

/** Starts a server that answers by the request's path. Returns its URL. */
export async function answering(t, answer) {
  const server = createServer((request, response) => {
    const { status, headers = {}, body = "" } = answer(request.url);
    request.resume().once("end", () => response.writeHead(status, headers).end(body));
  });
  await once(server.listen(0, "127.0.0.1"), "listening");
  t.after(() => (server.closeAllConnections(), server.close()));
  return `http://127.0.0.1:${server.address().port}`;
}

/** Sends a delivery with exactly these headers. Returns the answer's status. */
export async function deliver(url, { headers, body }, target = "/webhooks/docutray", agent = undefined) {
  const fields = Array.isArray(headers) ? headers : Object.entries(headers);
  const bytes = Buffer.from(body);
  const { hostname, port, host } = new globalThis.URL(url);
  const sent = request({
    host: hostname,
    port,
    path: target,
    method: "POST",
    headers: [["Host", host], ...fields, ["Content-Length", String(bytes.length)]].flat(),
    agent,
  });
  sent.end(bytes);
  const [response] = await once(sent, "response");
  await once(response.resume(), "end");
  return response.statusCode;
}

export async function post(url, path, input) {
  const response = await fetch(url + path, { method: "POST", headers: { "content-type": "application/json" }, body: JSON.stringify(input) });
  const text = await response.text();
  assert.ok(response.ok, `${path}: ${response.status} ${text}`);
  return text === "" ? undefined : JSON.parse(text);
}

/** Waits until the emulator has a delivery in this state. */
async function settled(url, state) {
  const response = await fetch(`${url}/api/deliveries?state=${state}&wait=60s`);
  assert.equal(response.status, 200, `no delivery is ${state}`);
}
