// A receiver with node:http.
import { createServer } from "node:http";
import { nodeHandler } from "docutray-webhook/node";
import { IS_PLAIN, OPTIONS } from "./settings.mjs";

const server = createServer(IS_PLAIN ? plain : nodeHandler(OPTIONS));
server.listen(0, "127.0.0.1", () => console.log(`listening on http://127.0.0.1:${server.address().port}`));

function plain(request, response) {
  request.resume().on("end", () => response.end());
}
