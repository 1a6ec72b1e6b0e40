// Servers on the loopback interface, each for one test, and clients of them.
import { once } from "node:events";
import { connect } from "node:net";

/** Listens until the test ends. Returns the address. */
export async function listening(t, server) {
  t.after(() => {
    server.closeAllConnections?.();
    server.close();
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  return `http://127.0.0.1:${server.address().port}`;
}

/** Sends a request. Returns status, headers and JSON of the answer. */
export async function post(address, { headers, body }, options = {}) {
  const response = await fetch(address, { method: "POST", headers, body, duplex: "half", ...options });
  return { status: response.status, headers: response.headers, json: await response.json() };
}

/** Returns the head of a request. */
export function head(headers) {
  const lines = Object.entries({ host: "127.0.0.1", ...headers }).map((pair) => pair.join(": "));
  return `POST / HTTP/1.1\r\n${lines.join("\r\n")}\r\n\r\n`;
}

/** Opens a connection and sends a head and a part of the body. */
export async function begun(address, headers, body = "") {
  const { hostname, port } = new URL(address);
  const socket = connect(Number(port), hostname);
  await once(socket, "connect");
  await new Promise((resolve) => socket.write(head(headers) + body, resolve));
  return socket;
}

/** Returns what was received on a connection, as soon as it contains `wanted`. */
export async function received(socket, wanted) {
  let text = "";
  for await (const chunk of socket.setEncoding("latin1").iterator({ destroyOnReturn: false })) {
    text += chunk;
    if (text.includes(wanted)) {
      return text;
    }
  }
  throw new Error(`the connection ended after ${text}`);
}
