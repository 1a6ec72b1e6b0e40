// A CommonJS program: deliveries come as its argument, verdicts go to standard output.
const { Verifier, WebhookError } = require("docutray-webhook");
const { webHandler } = require("docutray-webhook/handler");

const { SECRET, URL } = process.env;
const verifier = new Verifier({ secret: SECRET, url: URL });

function verdict({ headers, body }) {
  try {
    return verifier.verify(headers, body).id;
  } catch (error) {
    return error instanceof WebhookError ? error.code : String(error);
  }
}

async function main() {
  const imported = await import("docutray-webhook");
  const handlers = await import("docutray-webhook/handler");
  if (imported.Verifier !== Verifier || imported.WebhookError !== WebhookError || handlers.webHandler !== webHandler) {
    throw new Error("`import` and `require` give different classes");
  }
  console.log(JSON.stringify(JSON.parse(process.argv.at(-1)).map(verdict)));
}

main();
