import { proveAll } from "../by-hand.mjs";
import { SECRET, URL } from "../secrets.mjs";

/** The cost of the proof by hand without parsing, so the body may not even be JSON. */
export default {
  name: "by hand, with care, not parsed",
  format: "docutray",
  unparsed: true,
  verify: (headers, body) => proveAll(SECRET, URL, headers, body),
};
