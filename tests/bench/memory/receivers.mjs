// The receivers of arriving bodies.
import { webHandler } from "docutray-webhook/handler";
import { proveAll, readMetadata } from "../by-hand.mjs";
import { SECRET, URL } from "../secrets.mjs";

const MOST = 1024 ** 3;
const verified = () => {
  throw new Error("no body came to its end");
};

/** Each is a `(request) => Promise<Response>`. */
export const receivers = {
  "docutray-webhook/handler": webHandler({ secret: SECRET, url: URL, bodyBudget: MOST, on: { "*": verified } }),

  async "by hand, chunks in an array"(request) {
    const headers = Object.fromEntries(request.headers);
    readMetadata(URL, headers);
    const chunks = [];
    for await (const chunk of request.body) {
      chunks.push(chunk);
    }
    proveAll(SECRET, URL, headers, Buffer.concat(chunks));
    return verified();
  },

  async "the requests alone, chunks dropped"(request) {
    for await (const _ of request.body);
    return verified();
  },
};
