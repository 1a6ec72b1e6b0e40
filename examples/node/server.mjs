// Receives Docutray's webhooks with node:http. The body is checked as it arrives and never exceeds the limit.
import { createServer, STATUS_CODES } from "node:http";
import { Verifier, WebhookError } from "docutray-webhook";

const { DOCUTRAY_WEBHOOK_SECRET, DOCUTRAY_WEBHOOK_SECRET_OLD, DOCUTRAY_WEBHOOK_URL, PORT = "8080" } = process.env;

/** In seconds. Docutray waits 30 for an answer. */
const DEADLINE = 25;

const verifier = new Verifier({
  secret: DOCUTRAY_WEBHOOK_SECRET_OLD ? [DOCUTRAY_WEBHOOK_SECRET, DOCUTRAY_WEBHOOK_SECRET_OLD] : DOCUTRAY_WEBHOOK_SECRET,
  url: DOCUTRAY_WEBHOOK_URL,
});

const server = createServer(async (request, response) => {
  if (request.method !== "POST") {
    response.setHeader("allow", "POST");
    refuse(response, 405);
    return;
  }
  try {
    const event = await receive(request);
    if (event === undefined) {
      response.setHeader("connection", "close");
      refuse(response, 408, { code: "incomplete_body", detail: "the body did not arrive completely in time." });
      return;
    }
    const { type, id, key } = event;
    // Put the event into a queue here, once for each `key`. Docutray waits at most 30 seconds, and retries.
    answer(response, 200, "application/json", { type, id, key });
  } catch (error) {
    if (error instanceof WebhookError) {
      refuse(response, error.status, { code: error.code, detail: error.finding });
    } else if (error?.name === "InstanceLost") {
      // It says nothing about the delivery, which Docutray sends again.
      console.error(error);
      refuse(response, 503, { code: "verifier_unavailable", detail: "this receiver could not verify the delivery: send it again later." });
    } else if (!response.destroyed) {
      console.error(error);
      refuse(response, 500);
    }
  }
});

/** Checks the headers first, then the body as it arrives. Gives up a body that is incomplete at the deadline. */
async function receive(request) {
  const check = verifier.begin(request.headers);
  let timer;
  const late = new Promise((resolve) => {
    timer = setTimeout(resolve, 1000 * DEADLINE, undefined);
  });
  try {
    return await Promise.race([whole(request, check), late]);
  } finally {
    clearTimeout(timer);
    check.free();
  }
}

async function whole(request, check) {
  // A refused body must not close the connection, or the sender would get no answer.
  try {
    for await (const chunk of request.iterator({ destroyOnReturn: false })) {
      check.update(chunk);
    }
  } finally {
    // Its rest is read and dropped. A sender may read the answer only after it has sent all.
    request.resume();
  }
  return check.finish();
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
