import type { Capture, Explanation } from "../wire.js";

/** Which captures are wanted. The page's address and the API have the same words. */
export interface Filter {
  /** The event's name. */
  readonly event?: string;
  readonly verdict?: Explanation["verdict"];
  /** A part of the target, of a header or of a body of text, in either case. */
  readonly text?: string;
  /** Only captures after the one with this id. */
  readonly since?: number;
}

export function fits(capture: Capture, { event, verdict, text, since }: Filter): boolean {
  return (
    (since === undefined || Number(capture.id) > since) &&
    (event === undefined || capture.explanation.event === event) &&
    (verdict === undefined || capture.explanation.verdict === verdict) &&
    (text === undefined || contains(capture, text.toLowerCase()))
  );
}

function contains({ target, headers, body }: Capture, text: string): boolean {
  const parts = [target, ...headers.flat(), "text" in body ? body.text : ""];
  return parts.some((part) => part.toLowerCase().includes(text));
}
