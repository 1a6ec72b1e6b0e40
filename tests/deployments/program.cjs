// Deliveries come as its argument, verdicts go to standard output.
const { Verifier, WebhookError } = require("docutray-webhook");

const { SECRET, URL } = process.env;
const verifier = new Verifier({ secret: SECRET, url: URL });

function verdict({ headers, body }) {
  try {
    return verifier.verify(headers, body).id;
  } catch (error) {
    return error instanceof WebhookError ? error.code : String(error);
  }
}

console.log(JSON.stringify(JSON.parse(process.argv.at(-1)).map(verdict)));
