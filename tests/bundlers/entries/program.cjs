// The same in CommonJS, down to the package.
const { Verifier, WebhookError } = require("docutray-webhook");
const { SECRET, URL } = require("../settings.mjs");

const verifier = new Verifier({ secret: SECRET, url: URL });

function verdict({ headers, body }) {
  try {
    return verifier.verify(headers, body).id;
  } catch (error) {
    if (error instanceof WebhookError) {
      return error.code;
    }
    throw error;
  }
}

console.log(JSON.stringify(JSON.parse(process.argv.at(-1)).map(verdict)));
