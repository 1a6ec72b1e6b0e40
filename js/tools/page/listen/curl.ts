import type { Bytes, Capture, Fields } from "../../src/wire.js";

/** Headers that curl sets from what it sends. */
const CURLS_OWN = new Set(["host", "content-length", "connection", "transfer-encoding", "accept-encoding"]);

/**
 * A command for a POSIX shell that sends the same bytes. A sender's text must not run when it is pasted: all of it is quoted, and a body
 * with control characters, which could end a terminal's paste, goes as base64.
 */
export function curlCommand({ method, headers, body, target }: Capture, receives = location.origin): string {
  // As text: resolved as a URL, the target `//host` would be another host.
  const url = receives + encoded(target);
  const fields = sent(headers).flatMap(([name, value]) => ["-H", quoted(`${name}: ${value}`)]);
  // Else curl would expand brackets and resolve `..`.
  const start = ["curl", "--globoff", "--path-as-is", "-X", quoted(method), ...fields];
  return isPlain(body)
    ? [...start, "--data-raw", quoted(body.text), quoted(url)].join(" ")
    : [`printf %s ${quoted(base64(body))} | base64 -d |`, ...start, "--data-binary @-", quoted(url)].join(" ");
}

/** curl sends nothing of what follows a `#`. Characters other than ASCII stand for bytes. */
function encoded(target: string): string {
  return target.replace(/[^!-~]|#/g, (character) => `%${character.charCodeAt(0).toString(16).toUpperCase().padStart(2, "0")}`);
}

/** Without those that a shell's line cannot carry exactly. */
function sent(headers: Fields): Fields {
  return headers.filter(([name, value]) => !CURLS_OWN.has(name.toLowerCase()) && !hasControls(value));
}

function isPlain(body: Bytes): body is { readonly text: string } {
  return "text" in body && !hasControls(body.text.replaceAll("\n", ""));
}

/** Control characters, invisible ones and halves of characters. */
function hasControls(text: string): boolean {
  return /\p{C}/u.test(text);
}

function quoted(text: string): string {
  return /^[\w./:@=-]+$/.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`;
}

function base64(body: Bytes): string {
  if ("base64" in body) {
    return body.base64;
  }
  let binary = "";
  for (const byte of new TextEncoder().encode(body.text)) {
    binary += String.fromCharCode(byte);
  }
  return btoa(binary);
}
