// Cloudflare Workers.
import { createHandler } from "docutray-webhook/handler";
import { application } from "./receiver.mjs";

export default { fetch: application(createHandler) };
