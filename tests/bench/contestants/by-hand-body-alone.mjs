import { proveBody } from "../by-hand.mjs";
import { SECRET } from "../secrets.mjs";

export default {
  name: "by hand, body alone",
  format: "docutray",
  verify(headers, body) {
    proveBody(SECRET, headers, body);
    return JSON.parse(body.toString());
  },
};
