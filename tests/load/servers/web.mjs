// The handler of the receivers in Bun and Deno.
import { webHandler } from "docutray-webhook/handler";
import { IS_PLAIN, OPTIONS } from "./settings.mjs";

export const handler = IS_PLAIN ? plain : webHandler(OPTIONS);

async function plain(request) {
  try {
    await request.arrayBuffer();
    return new Response();
  } catch {
    // The sender has gone.
    return new Response(null, { status: 400 });
  }
}
