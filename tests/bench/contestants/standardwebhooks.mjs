import { Webhook } from "standardwebhooks";
import { SECRET_BASE64 } from "../secrets.mjs";

const webhook = new Webhook(SECRET_BASE64);

export default { name: "standardwebhooks", format: "standard", verify: (headers, body) => webhook.verify(body, headers) };
