// A registry of crates with as much of cargo's protocol as publishing and downloading need: a sparse index, and uploads kept in memory.
// https://doc.rust-lang.org/cargo/reference/registry-web-api.html
import { createHash } from "node:crypto";
import { once } from "node:events";
import { createServer } from "node:http";
import { buffer } from "node:stream/consumers";

/** Starts it. Its address is that of the index. */
export async function crateRegistry() {
  const published = new Map();
  const server = createServer((request, response) => answer(published, request, response));
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  return { address: `${origin(server)}/index/` };
}

function origin(server) {
  return `http://127.0.0.1:${server.address().port}`;
}

async function answer(published, request, response) {
  const host = `http://${request.headers.host}`;
  const [area, ...path] = request.url.slice(1).split("/");
  if (request.method === "PUT" && request.url === "/api/v1/crates/new") {
    publish(published, await buffer(request));
    return response.end("{}");
  }
  if (request.url === "/index/config.json") {
    return response.end(JSON.stringify({ dl: `${host}/crates/{crate}`, api: host }));
  }
  const found = published.get(path.at(area === "index" ? -1 : 0));
  if (found === undefined) {
    return response.writeHead(404).end();
  }
  return response.end(area === "index" ? found.line : found.file);
}

/** An upload is the length and the metadata as JSON, then the length and the file. Lengths have 32 bits. */
function publish(published, upload) {
  const length = upload.readUInt32LE(0);
  const { name, vers, features, deps } = JSON.parse(upload.subarray(4, 4 + length));
  const file = upload.subarray(4 + length + 4);
  const cksum = createHash("sha256").update(file).digest("hex");
  // The index calls a dependency's version `req`, and gives no name in the manifest that differs.
  const indexed = deps.map(({ version_req: req, explicit_name_in_toml, ...rest }) => ({ ...rest, req }));
  published.set(name, { file, line: `${JSON.stringify({ name, vers, deps: indexed, cksum, features, yanked: false })}\n` });
}
