import { verify } from "@octokit/webhooks-methods";
import { SECRET } from "../secrets.mjs";

export default {
  name: "@octokit/webhooks-methods",
  format: "github",
  /** It accepts only text, and leaves parsing to its caller. */
  async verify(headers, body) {
    const text = body.toString();
    if (!(await verify(SECRET, text, headers["x-hub-signature-256"]))) {
      throw new Error("the signature does not match");
    }
    return JSON.parse(text);
  },
};
