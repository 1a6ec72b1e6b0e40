// An endpoint that keeps what came, for tests of what is sent.
import { once } from "node:events";
import { createServer } from "node:http";

/**
 * Starts it on a free port of this machine; `t` ends it. `answer(request, response, count)` answers, or it answers 200.
 * `received` is a list of `{ method, target, headers, fields, body }`: `fields` as they came, `headers` in lower case.
 */
export async function startEndpoint(t, answer = (_request, response) => response.end()) {
  const received = [];
  const server = createServer(async (request, response) => {
    const chunks = await request.toArray();
    const { method, url: target, headers, rawHeaders } = request;
    const fields = rawHeaders.flatMap((name, index) => (index % 2 === 0 ? [[name, rawHeaders[index + 1]]] : []));
    received.push({ method, target, headers, fields, body: Buffer.concat(chunks) });
    answer(request, response, received.length);
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  t.after(() => {
    server.close();
    server.closeAllConnections();
  });
  return { url: `http://127.0.0.1:${server.address().port}/hooks`, port: server.address().port, received };
}

/** Answers with each status in turn, and with the last from then on. */
export function answering(...statuses) {
  return (_request, response, count) => response.writeHead(statuses[Math.min(count, statuses.length) - 1]).end();
}
