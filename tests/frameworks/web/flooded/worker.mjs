// Cloudflare Workers.
import { webHandler } from "docutray-webhook/handler";
import { application } from "./receiver.mjs";

export default { fetch: application(webHandler) };
