// An endpoint of a developer.
import { once } from "node:events";
import { createServer } from "node:http";
import { Verifier, WebhookError } from "docutray-webhook";

/** Starts an endpoint, and ends it with the test. It verifies with `secret`, once there is one, and keeps what it finds in `found`. */
export async function receiver(t) {
  const endpoint = { url: "", secret: undefined, found: [] };
  const server = createServer(async (request, response) => {
    const chunks = await request.toArray();
    try {
      const event = new Verifier({ secret: endpoint.secret, url: endpoint.url }).verify(request.headers, Buffer.concat(chunks));
      endpoint.found.push(event.type);
      response.writeHead(204).end();
    } catch (error) {
      const code = error instanceof WebhookError ? error.code : String(error);
      endpoint.found.push(code);
      response.writeHead(error.status ?? 500, { "content-type": "text/plain" }).end(code);
    }
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  t.after(() => (server.closeAllConnections(), server.close()));
  endpoint.url = `http://127.0.0.1:${server.address().port}/webhooks/docutray`;
  return endpoint;
}
