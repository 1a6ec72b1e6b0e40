// A receiver with Bun.serve.
import { handler } from "./web.mjs";

const server = Bun.serve({ hostname: "127.0.0.1", port: 0, fetch: handler });
console.log(`listening on http://127.0.0.1:${server.port}`);
