// Our own bridge from HTTP to a Redis. It implements the part of Upstash's REST protocol that its client uses. It is not
// Upstash, so these tests do not show where Upstash differs.
import { once } from "node:events";
import { createServer } from "node:http";
import { json } from "node:stream/consumers";
import { createClient } from "redis-6";

export const TOKEN = "bridge";

/**
 * Serves the Redis at a port over HTTP.
 *
 * - `POST /` with a command as an array of texts is answered with `{ "result": ... }`, or with 400 and `{ "error": ... }`;
 * - `POST /pipeline` with several commands is answered with an array of those.
 *
 * If the request has `Upstash-Encoding: base64`, texts in results are in base64 and the answer has the same header.
 */
export async function startUpstashBridge(port) {
  const redis = createClient({ url: `redis://127.0.0.1:${port}`, disableOfflineQueue: true });
  redis.on("error", () => {});
  await redis.connect();
  const server = createServer(async (request, response) => {
    const { status, body } = await answer(redis, request);
    response.writeHead(status, { "content-type": "application/json" }).end(JSON.stringify(body));
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  return {
    url: `http://127.0.0.1:${server.address().port}`,
    end() {
      server.close();
      server.closeAllConnections();
      redis.destroy();
    },
  };
}

async function answer(redis, request) {
  if (request.headers.authorization !== `Bearer ${TOKEN}`) {
    return { status: 401, body: { error: "WRONGPASS invalid or missing auth token" } };
  }
  const encoded = request.headers["upstash-encoding"] === "base64" ? base64 : (result) => result;
  const commands = await json(request);
  const run = async (command) => {
    try {
      return { result: encoded(await redis.sendCommand(command.map(String))) };
    } catch (error) {
      return { error: error.message };
    }
  };
  if (request.url === "/pipeline") {
    return { status: 200, body: await Promise.all(commands.map(run)) };
  }
  const body = await run(commands);
  return { status: "error" in body ? 400 : 200, body };
}

function base64(result) {
  if (Array.isArray(result)) {
    return result.map(base64);
  }
  return typeof result === "string" && result !== "OK" ? Buffer.from(result).toString("base64") : result;
}
