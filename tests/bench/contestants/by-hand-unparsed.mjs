import { proveAll } from "../by-hand.mjs";
import { SECRET, URL } from "../secrets.mjs";

/** What the proof by hand costs by itself: nobody has looked whether the body is JSON. */
export default {
  name: "by hand, with care, not parsed",
  format: "docutray",
  unparsed: true,
  verify: (headers, body) => proveAll(SECRET, URL, headers, body),
};
