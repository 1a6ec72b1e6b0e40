import { Verifier } from "docutray-webhook";
import { SECRET, URL } from "../secrets.mjs";

const verifier = new Verifier({ secret: SECRET, url: URL });

export default {
  name: "docutray-webhook",
  format: "docutray",
  verify: (headers, body) => verifier.verify(headers, body),
  /** The payload is parsed when it is first read. */
  payload: (event) => event.payload,
};
