import type { ServerResponse } from "node:http";
import { bufferOf } from "../bytes.js";
import type { Bytes, Fields } from "../wire.js";

/** What a sender gets. */
export type Reply = "hang" | "reset" | { readonly status: number; readonly headers: Fields; readonly body: Bytes };

/** How long a connection without an answer stays open, in milliseconds. Docutray itself waits 30 s. */
const HANG = 60_000;
/** These have no body, and no `Content-Length` (RFC 9110, 8.6). */
const WITHOUT_BODY = [204, 304];

/** Sends the reply. A sender that has gone gets none. */
export function send(response: ServerResponse, reply: Reply): void {
  const { socket } = response;
  if (socket === null || response.destroyed) {
    return;
  }
  if (reply === "hang") {
    const end = setTimeout(() => socket.destroy(), HANG);
    socket.once("close", () => clearTimeout(end));
  } else if (reply === "reset") {
    socket.resetAndDestroy();
  } else {
    write(response, reply);
  }
}

function write(response: ServerResponse, { status, headers, body }: Exclude<Reply, string>): void {
  const bytes = WITHOUT_BODY.includes(status) ? Buffer.alloc(0) : bufferOf(body);
  const length = WITHOUT_BODY.includes(status) ? [] : ["Content-Length", String(bytes.length)];
  // A forwarded answer has its own date, or none.
  response.sendDate = false;
  response.writeHead(status, [...headers.flat(), ...length]);
  response.end(bytes);
}
