// node:http.
import { createServer } from "node:http";
import { nodeHandler } from "docutray-webhook/node";
import { arrives, OPTIONS, told } from "./receiver.mjs";
import { LEFT_OPEN } from "./terms.mjs";

const handlers = new Map(Object.entries(OPTIONS).map(([path, options]) => [path, nodeHandler(options)]));

const server = createServer((request, response) => {
  const handler = handlers.get(request.url);
  if (handler === undefined) {
    response.end(told(request.url));
  } else {
    handler(arrives(request, LEFT_OPEN in request.headers), response);
  }
});
server.listen(0, "127.0.0.1", () => console.log(`http://127.0.0.1:${server.address().port}`));
