// One of two Workers that share a namespace of objects. The first also takes the requests for the second.
import { env } from "cloudflare:workers";
import { durableObject } from "docutray-webhook/idempotency";
import { hosted } from "../hosted.mjs";

export { ClaimObject } from "docutray-webhook/idempotency";

let isolate;

const host = {
  open: (options) => durableObject(env.CLAIMS, options),
  isolate: () => (isolate ??= crypto.randomUUID()),
};

export default {
  fetch(request) {
    const isForSecond = new URL(request.url).pathname === "/second" && "SECOND" in env;
    return isForSecond ? env.SECOND.fetch(request) : hosted(request, { host });
  },
};
