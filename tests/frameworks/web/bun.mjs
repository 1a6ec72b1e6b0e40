// Bun.serve.
import { handler } from "./receiver.mjs";

const server = Bun.serve({ hostname: "127.0.0.1", port: 0, fetch: handler });
console.log(server.url.origin);
