// A program that has the host compile the module.
import source compiled from "docutray-webhook/docutray_webhook.wasm";
import { instantiate } from "docutray-webhook/module";
import { SECRET, URL } from "../settings.mjs";

const { Verifier, WebhookError } = instantiate(compiled);
const verifier = new Verifier({ secret: SECRET, url: URL });

function verdict({ headers, body }) {
  try {
    return verifier.verify(headers, body).id;
  } catch (error) {
    return error instanceof WebhookError ? error.code : String(error);
  }
}

console.log(JSON.stringify(JSON.parse(process.argv.at(-1)).map(verdict)));
