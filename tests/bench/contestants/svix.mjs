import { Webhook } from "svix";
import { SECRET_BASE64 } from "../secrets.mjs";

const webhook = new Webhook(SECRET_BASE64);

export default { name: "svix", format: "svix", verify: (headers, body) => webhook.verify(body, headers) };
