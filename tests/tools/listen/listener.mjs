// The listener as a program, its clients, and a server behind it.
import { once } from "node:events";
import { request } from "node:http";
import { connect } from "node:net";
import { SECRET, URL as REGISTERED } from "../delivery.mjs";
import { startEndpoint } from "../endpoint.mjs";
import { serving } from "../serving.mjs";

/** Starts `listen` on free ports, with the secret and the URL of `delivery.mjs`; `url: false` is none. */
export async function listening(t, { options = [], url = REGISTERED, env = {} } = {}) {
  const line = ["listen", "--inspector-port", "0", ...(url === false ? [] : ["--url", url]), ...options];
  const { child, next, ...server } = await serving(t, line, { env: { DOCUTRAY_WEBHOOK_SECRET: SECRET, ...env } });
  const output = { stdout: "", stderr: "" };
  for (const name of ["stdout", "stderr"]) {
    child[name].setEncoding("utf8").on("data", (text) => (output[name] += text));
  }
  const { inspector } = server.ready;
  const api = async (path, body) => {
    const headers = { "content-type": "application/json" };
    const response = await fetch(inspector + path, body === undefined ? {} : { method: "POST", headers, body: JSON.stringify(body) });
    return { status: response.status, json: await response.json() };
  };
  /** The newest capture, when it is answered. */
  const latest = async (query = "") => (await api(`/api/captures/latest?wait=20s${query}`)).json;
  return { child, next, api, latest, output, inspector, ready: server.ready, url: server.url, port: Number(new URL(server.url).port) };
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
  const { statusCode, rawHeaders } = response;
  const pairs = rawHeaders.flatMap((name, index) => (index % 2 === 0 ? [[name, rawHeaders[index + 1]]] : []));
  return { status: statusCode, headers: response.headers, fields: pairs, bytes: answer, text: answer.toString() };
}

/** A server without a path in its URL. */
export async function behind(t, answer = (response) => response.end("taken")) {
  const { port, received } = await startEndpoint(t, (_request, response) => answer(response));
  return { url: `http://127.0.0.1:${port}`, came: received };
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
