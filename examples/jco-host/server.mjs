// Receives Docutray's webhooks with the component, transpiled for Node: the body is checked as it arrives.
import { readFileSync } from "node:fs";
import { createServer, STATUS_CODES } from "node:http";
import { instantiate } from "./verifier/docutray_webhook.js";

const { DOCUTRAY_SECRET, DOCUTRAY_SECRET_OLD, DOCUTRAY_URL, PORT = "8080" } = process.env;

const { Verifier, BodyCheck } = instantiate(coreModule, {}).verifier;
const verifier = new Verifier({
  secrets: [DOCUTRAY_SECRET, DOCUTRAY_SECRET_OLD].filter(Boolean),
  urls: [DOCUTRAY_URL ?? ""], // an empty list would leave the headers unproven; an empty URL is refused
});

const server = createServer(async (request, response) => {
  if (request.method !== "POST") {
    response.setHeader("allow", "POST");
    refuse(response, 405);
    return;
  }
  try {
    const { kind, id, key } = await receive(request);
    // Put the event into a queue here, once for each `key`: Docutray waits 30 seconds at most, and sends again.
    const type = kind.toUpperCase().replaceAll("-", "_");
    answer(response, 200, "application/json", { type, id: id ?? null, key });
  } catch (error) {
    const refusal = error.payload; // the interface's `error`, in jco's ComponentError
    if (refusal?.code) {
      refuse(response, refusal.status, { code: refusal.code.replaceAll("-", "_"), detail: refusal.message });
    } else if (!response.destroyed) {
      console.error(error);
      refuse(response, 500);
    }
  }
});

async function receive(request) {
  const now = BigInt(Math.floor(Date.now() / 1000));
  const check = verifier.begin(pairs(request.rawHeaders), now); // nothing of the body is read before this has passed
  // A refused body must not take the connection with it, or nobody could be told.
  for await (const chunk of request.iterator({ destroyOnReturn: false })) {
    check.update(chunk);
  }
  return BodyCheck.finish(check);
}

/** All that came, doubled fields included, as bytes. */
function pairs(rawHeaders) {
  const names = rawHeaders.filter((_, index) => index % 2 === 0);
  return names.map((name, index) => [name, Buffer.from(rawHeaders[2 * index + 1], "latin1")]);
}

function coreModule(name) {
  return new WebAssembly.Module(readFileSync(new URL(`./verifier/${name}`, import.meta.url)));
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
