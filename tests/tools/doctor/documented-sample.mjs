// A receiver as the sample in Docutray's documentation writes it: it verifies the body alone, compares with `===`, and reads the
// timestamp with parseInt.
import { createHmac } from "node:crypto";
import { createServer } from "node:http";
import { text } from "node:stream/consumers";

const TOLERANCE = 300;

export function documentedSample({ secret }) {
  return createServer(async (request, response) => {
    try {
      const body = await text(request);
      const status = isValid(request.headers, body, secret) ? received(body) : 401;
      response.writeHead(status).end();
    } catch {
      // The connection ended within the body.
    }
  });
}

function isValid(headers, body, secret) {
  const expected = `sha256=${createHmac("sha256", secret).update(body).digest("hex")}`;
  const age = Math.abs(Math.floor(Date.now() / 1000) - parseInt(headers["x-docutray-timestamp"]));
  return !(age > TOLERANCE) && headers["x-docutray-signature"] === expected;
}

function received(body) {
  try {
    JSON.parse(body);
    return 200;
  } catch {
    return 400;
  }
}
