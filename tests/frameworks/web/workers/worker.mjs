// Cloudflare Workers.
import { handler } from "../receiver.mjs";

export default { fetch: handler };
