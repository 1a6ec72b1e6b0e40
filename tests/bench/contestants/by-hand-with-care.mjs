import { proveAll } from "../by-hand.mjs";
import { SECRET, URL } from "../secrets.mjs";

export default {
  name: "by hand, with care",
  format: "docutray",
  verify(headers, body) {
    proveAll(SECRET, URL, headers, body);
    return JSON.parse(body.toString());
  },
};
