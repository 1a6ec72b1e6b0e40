// Elysia on Bun.
import { Elysia } from "elysia";
import { handler } from "./receiver.mjs";

const app = new Elysia().all("/hooks", ({ request }) => handler(request), { parse: "none" }).listen({ hostname: "127.0.0.1", port: 0 });
console.log(app.server.url.origin);
