// memory() in Deno, without permission to read the host's variables: `deno run memory.mjs` prints its port.
import { memory } from "docutray-webhook/idempotency";

const said = [];
console.warn = (...words) => said.push(words.join(" "));
const store = memory();
await store.health();

const server = { hostname: "127.0.0.1", port: 0, onListen: ({ port }) => console.log(`listening on ${port}`) };
Deno.serve(server, () => Response.json(said));
