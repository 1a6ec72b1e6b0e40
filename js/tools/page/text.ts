// Values as people read them.
import type { Answered, Bytes } from "../src/wire.js";

const FAILURES: Readonly<Record<string, string>> = {
  refused: "no connection",
  reset: "connection broken",
  timeout: "no answer in time",
  dns: "host not found",
  tls: "TLS failed",
  notAllowed: "not sent",
};

/** In a word or two: `200`, `no connection`. */
export function answerInShort(answer: { readonly status: number } | { readonly failure: string }): string {
  return "status" in answer ? String(answer.status) : (FAILURES[answer.failure] ?? answer.failure);
}

export function isSuccess(answer: Answered): boolean {
  return "status" in answer && answer.status >= 200 && answer.status < 300;
}

export function bytesInShort(count: number): string {
  if (count < 1_000) {
    return `${count} bytes`;
  }
  return count < 1_000_000 ? `${(count / 1_000).toFixed(1)} KB` : `${(count / 1_000_000).toFixed(1)} MB`;
}

/** The bytes as text, or undefined where they are not UTF-8. */
export function textOf(bytes: Bytes): string | undefined {
  return "text" in bytes ? bytes.text : undefined;
}

/** `10:30:05`, with the date where it is another day than `now`. */
export function timeOf(iso: string, now: Date = new Date()): string {
  const at = new Date(iso);
  const time = at.toLocaleTimeString("en-GB");
  return at.toDateString() === now.toDateString() ? time : `${at.toLocaleDateString("en-CA")} ${time}`;
}

/** `in 4 min 30 s`, or `now`. */
export function until(iso: string, nowMilliseconds: number): string {
  const seconds = Math.ceil((Date.parse(iso) - nowMilliseconds) / 1_000);
  return seconds <= 0 ? "now" : `in ${duration(seconds)}`;
}

export function duration(seconds: number): string {
  const parts = [
    [Math.floor(seconds / 3_600), "h"],
    [Math.floor((seconds % 3_600) / 60), "min"],
    [seconds % 60, "s"],
  ] as const;
  const shown = parts.filter(([count]) => count > 0).map(([count, unit]) => `${count} ${unit}`);
  return shown.length === 0 ? "0 s" : shown.join(" ");
}

/** `3 deliveries`, `1 delivery`. */
export function counted(count: number, one: string, many: string): string {
  return `${count.toLocaleString("en")} ${count === 1 ? one : many}`;
}
