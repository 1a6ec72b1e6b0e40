import { bufferOf } from "../bytes.js";
import { request } from "../send/request.js";
import type { Deliver } from "./driver.js";

/** How long Docutray waits for an answer. */
export const DOCUTRAY_WAITS = 30_000;

/** Sends to the registered URL, over HTTP. */
export function overHttp(allowRemote: boolean): Deliver {
  return async ({ url, headers, body }, signal) =>
    await request({ url, headers, body: bufferOf(body), timeoutMilliseconds: DOCUTRAY_WAITS, signal, allowRemote });
}
