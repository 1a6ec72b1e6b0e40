import type { Fields } from "../wire.js";

/**
 * The fields that end at the next hop (RFC 9110, 7.6.1), and those that the next hop's connection writes anew: `Host` is the
 * target's, `Content-Length` that of the whole body, and `Expect` has been answered.
 */
const OF_ONE_HOP = [
  "connection",
  "content-length",
  "expect",
  "host",
  "keep-alive",
  "proxy-authenticate",
  "proxy-authorization",
  "proxy-connection",
  "te",
  "trailer",
  "transfer-encoding",
  "upgrade",
];

/** Returns the fields that pass on to the next hop, unchanged: order, case, repeated names. */
export function endToEnd(fields: Fields): Fields {
  const named = fields.filter(([name]) => name.toLowerCase() === "connection").flatMap(([, value]) => value.split(","));
  const dropped = new Set([...OF_ONE_HOP, ...named.map((name) => name.trim().toLowerCase())]);
  return fields.filter(([name]) => !dropped.has(name.toLowerCase()));
}
