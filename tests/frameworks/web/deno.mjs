// Deno.serve, which prints its address itself.
import { handler } from "./receiver.mjs";

Deno.serve({ hostname: "127.0.0.1", port: 0 }, handler);
