// A Cloudflare Worker that passes the module itself.
import { instantiate } from "docutray-webhook/module";
import compiled from "docutray-webhook/docutray_webhook.wasm";
import { SECRET, URL } from "../settings.mjs";

const { Verifier, WebhookError } = instantiate(compiled);
const verifier = new Verifier({ secret: SECRET, url: URL });

export default {
  async fetch(request) {
    try {
      return new Response((await verifier.verifyRequest(request)).id);
    } catch (error) {
      return new Response(error instanceof WebhookError ? error.code : String(error), { status: error.status ?? 500 });
    }
  },
};
