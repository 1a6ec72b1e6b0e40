import { bufferOf } from "../bytes.js";
import { request } from "../send/request.js";
import { ANSWER_WITHIN } from "../send/schedule.js";
import type { Deliver } from "./driver.js";

/** Sends to the registered URL, over HTTP. */
export function overHttp(allowRemote: boolean): Deliver {
  return async ({ url, headers, body }, signal) =>
    await request({ url, headers, body: bufferOf(body), timeoutMilliseconds: ANSWER_WITHIN, signal, allowRemote });
}
