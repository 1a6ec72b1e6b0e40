import { request } from "../send/request.js";
import { ANSWER_WITHIN } from "../send/schedule.js";
import type { Answered } from "../wire.js";
import { endToEnd } from "./end-to-end.js";
import { forwardUrl } from "./forward-url.js";
import type { Arrived } from "./receiving-socket.js";
import type { Settings } from "./settings.js";

/** How many bytes of an answer are returned: a framework's page for an error is a few hundred KB. */
const KEPT = 1024 * 1024;

/** Sends a request to the developer's server: the same bytes and the same headers, but for those of one hop. */
export function forward(to: URL, arrived: Pick<Arrived, "method" | "target" | "headers" | "body">, settings: Settings, signal: AbortSignal): Promise<Answered> {
  return request({
    url: forwardUrl(to, arrived.target),
    method: arrived.method,
    headers: endToEnd(arrived.headers),
    body: arrived.body,
    timeoutMilliseconds: ANSWER_WITHIN,
    keep: KEPT,
    signal,
    allowRemote: settings.allowRemote,
  });
}
