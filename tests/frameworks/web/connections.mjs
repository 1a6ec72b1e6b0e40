// Connections of a sender that does not follow the protocol.
import { once } from "node:events";
import { connect } from "node:net";

/** Opens a connection that has sent the head of a request. */
export async function begun(address, path, headers) {
  const { hostname, port } = new URL(address);
  const socket = connect(Number(port), hostname);
  await once(socket, "connect");
  // The host may close the connection, which is expected.
  socket.on("error", () => {});
  const lines = Object.entries({ host: hostname, ...headers }).map((pair) => pair.join(": "));
  await sent(socket, `POST ${path} HTTP/1.1\r\n${lines.join("\r\n")}\r\n\r\n`);
  return socket;
}

/** Returns the answer as soon as it contains `wanted`. */
export async function answered(socket, wanted) {
  let text = "";
  for await (const chunk of socket.setEncoding("latin1")) {
    text += chunk;
    if (text.includes(wanted)) {
      return text;
    }
  }
  throw new Error(`the connection ended after ${text}`);
}

function sent(socket, bytes) {
  return new Promise((resolve) => socket.write(bytes, resolve));
}
