// A Cloudflare Worker.
import { respond } from "../app.mjs";

export default { fetch: respond };
