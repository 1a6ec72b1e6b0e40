// Bun.serve.
import { webHandler } from "docutray-webhook/handler";
import { application } from "./receiver.mjs";

const server = Bun.serve({ hostname: "127.0.0.1", port: 0, fetch: application(webHandler) });
console.log(server.url.origin);
