// Deno.serve, which prints its address itself.
import { webHandler } from "docutray-webhook/handler";
import { application } from "./receiver.mjs";

Deno.serve({ hostname: "127.0.0.1", port: 0 }, application(webHandler));
