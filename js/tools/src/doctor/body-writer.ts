import type { ClientRequest } from "node:http";
import { setTimeout as pause } from "node:timers/promises";
import type { ProbeRequest } from "../wire.js";

type Writer = (outgoing: ClientRequest, body: Buffer) => void;

/** Returns what writes a body at its pace. */
export function bodyWriter(pace: ProbeRequest["pace"]): Writer {
  switch (pace.how) {
    case "whole":
      return (outgoing, body) => void outgoing.end(body);
    case "parts":
      return (outgoing, body) => void inParts(outgoing, body, pace.parts, pace.pauseMilliseconds);
    case "cut":
      return (outgoing, body) => cut(outgoing, body.subarray(0, pace.after));
  }
}

async function inParts(outgoing: ClientRequest, body: Buffer, parts: number, pauseMilliseconds: number): Promise<void> {
  const length = Math.ceil(body.length / parts);
  for (let start = 0; start < body.length; start += length) {
    // An endpoint may answer before it has read everything.
    if (outgoing.destroyed) {
      return;
    }
    outgoing.write(body.subarray(start, start + length));
    await pause(pauseMilliseconds);
  }
  outgoing.end();
}

/** Ends the sending direction of the connection once the bytes are sent. The answer can still come. */
function cut(outgoing: ClientRequest, sent: Buffer): void {
  outgoing.write(sent, () => outgoing.socket?.end());
}
