// An endpoint of a developer: it keeps what comes, and answers as it is told.
import { once } from "node:events";
import { createServer } from "node:http";
import { Verifier } from "docutray-webhook";

export async function endpoint(t, answer = () => ({ status: 200 })) {
  const came = [];
  const server = createServer(async (request, response) => {
    const chunks = [];
    for await (const chunk of request) {
      chunks.push(chunk);
    }
    const delivery = { headers: request.headers, rawHeaders: request.rawHeaders, body: Buffer.concat(chunks) };
    came.push(delivery);
    const { status, headers = {}, body = "" } = answer(delivery, came.length);
    response.writeHead(status, headers).end(body);
  });
  t.after(() => {
    server.closeAllConnections();
    server.close();
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const url = `http://127.0.0.1:${server.address().port}/hooks`;
  return { url, came, verified: (secret) => came.map(({ headers, body }) => new Verifier({ secret, url }).verify(headers, body)) };
}
