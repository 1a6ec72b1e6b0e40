// Receives Docutray's webhooks with node:http: the body is checked as it arrives, and never held beyond the limit.
import { createServer, STATUS_CODES } from "node:http";
import { Verifier, WebhookError } from "docutray-webhook";

const { DOCUTRAY_SECRET, DOCUTRAY_SECRET_OLD, DOCUTRAY_URL, PORT = "8080" } = process.env;

const verifier = new Verifier({
  secret: DOCUTRAY_SECRET_OLD ? [DOCUTRAY_SECRET, DOCUTRAY_SECRET_OLD] : DOCUTRAY_SECRET,
  url: DOCUTRAY_URL,
});

const server = createServer(async (request, response) => {
  if (request.method !== "POST") {
    response.setHeader("allow", "POST");
    refuse(response, 405);
    return;
  }
  try {
    const { type, id, key } = await receive(request);
    // Put the event into a queue here, once for each `key`: Docutray waits 30 seconds at most, and sends again.
    answer(response, 200, "application/json", { type, id, key });
  } catch (error) {
    if (error instanceof WebhookError) {
      refuse(response, error.status, { code: error.code, detail: error.message });
    } else if (!response.destroyed) {
      console.error(error);
      refuse(response, 500);
    }
  }
});

async function receive(request) {
  const check = verifier.begin(request.headers); // nothing of the body is read before this has passed
  try {
    // A refused body must not take the connection with it, or nobody could be told.
    for await (const chunk of request.iterator({ destroyOnReturn: false })) {
      check.update(chunk);
    }
    return check.finish();
  } finally {
    check.free();
  }
}

function refuse(response, status, members) {
  answer(response, status, "application/problem+json", { title: STATUS_CODES[status], status, ...members });
}

function answer(response, status, type, content) {
  response.writeHead(status, { "content-type": type }).end(JSON.stringify(content));
}

server.listen(Number(PORT), "127.0.0.1", () => {
  console.log(`listening on http://127.0.0.1:${server.address().port}`);
});
