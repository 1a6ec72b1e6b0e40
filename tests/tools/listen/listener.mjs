// The listener as a program, its clients, and a server behind it.
import { spawn } from "node:child_process";
import { once } from "node:events";
import { createServer, request } from "node:http";
import { createRequire } from "node:module";
import { connect } from "node:net";
import { dirname, join } from "node:path";
import { createInterface } from "node:readline";
import { SECRET, URL as REGISTERED } from "../delivery.mjs";

const require = createRequire(import.meta.url);
const manifest = require("docutray-webhook/package.json");
export const PROGRAM = join(dirname(require.resolve("docutray-webhook/package.json")), manifest.bin["docutray-webhook"]);

/** Starts `listen` on free ports, with the secret and the URL of `delivery.mjs`; `url: false` is none. */
export async function listening(t, { options = [], url = REGISTERED, environment = {} } = {}) {
  const line = ["listen", "--json", "--port", "0", "--inspector-port", "0", ...(url === false ? [] : ["--url", url]), ...options];
  const env = { ...process.env, DOCUTRAY_WEBHOOK_SECRET: SECRET, ...environment };
  const child = spawn(process.execPath, [PROGRAM, ...line], { env, stdio: ["ignore", "pipe", "pipe"] });
  t.after(() => child.kill("SIGKILL"));
  const output = { stdout: "", stderr: "" };
  for (const name of ["stdout", "stderr"]) {
    child[name].setEncoding("utf8").on("data", (text) => (output[name] += text));
  }
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  const next = async () => {
    const { value, done } = await lines.next();
    if (done) {
      throw new Error(`it has ended: ${output.stderr}`);
    }
    return JSON.parse(value);
  };
  const ready = await next();
  const api = async (path, body) => {
    const headers = { "content-type": "application/json" };
    const response = await fetch(ready.inspector + path, body === undefined ? {} : { method: "POST", headers, body: JSON.stringify(body) });
    return { status: response.status, json: await response.json() };
  };
  /** The capture of the newest delivery, when it is answered. */
  const latest = async (query = "") => (await api(`/api/captures/latest?wait=20s${query}`)).json;
  return { child, ready, output, next, api, latest, port: Number(new URL(ready.url).port) };
}

/** Sends a delivery exactly as it is given. `headers` is an object, or a flat list with doubles. */
export async function deliver({ port }, { headers, body }, path = "/hooks") {
  const list = Array.isArray(headers) ? headers : Object.entries(headers).flat();
  const bytes = Buffer.from(body);
  const fields = ["Host", `127.0.0.1:${port}`, ...list, "Content-Length", String(bytes.length)];
  const sent = request({ host: "127.0.0.1", port, method: "POST", path, headers: fields, setHost: false, agent: false });
  const response = await new Promise((resolve, reject) => sent.once("response", resolve).once("error", reject).end(bytes));
  const chunks = [];
  for await (const chunk of response) {
    chunks.push(chunk);
  }
  const answer = Buffer.concat(chunks);
  return { status: response.statusCode, rawHeaders: response.rawHeaders, headers: response.headers, bytes: answer, text: answer.toString() };
}

/** A server for one test, which keeps what comes. `answer` gets the response. */
export async function behind(t, answer = (response) => response.end("taken")) {
  const came = [];
  const server = createServer(async (incoming, response) => {
    const chunks = [];
    for await (const chunk of incoming) {
      chunks.push(chunk);
    }
    came.push({ url: incoming.url, method: incoming.method, rawHeaders: incoming.rawHeaders, headers: incoming.headers, body: Buffer.concat(chunks) });
    answer(response, came.length);
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  t.after(() => {
    server.closeAllConnections();
    server.close();
  });
  return { came, url: `http://127.0.0.1:${server.address().port}`, port: server.address().port };
}

/** Sends bytes on a connection of their own, which stays open. */
export async function opened(t, { port }, bytes) {
  const socket = connect(port, "127.0.0.1");
  socket.on("error", () => {});
  t.after(() => socket.destroy());
  await once(socket, "connect");
  socket.write(bytes);
  return socket;
}

/** Everything that comes until the other side closes the connection. */
export async function all(socket) {
  let text = "";
  socket.setEncoding("latin1").on("data", (chunk) => (text += chunk));
  // `once` of node:events would reject where the connection is reset.
  await (socket.closed || new Promise((resolve) => socket.once("close", resolve)));
  return text;
}
