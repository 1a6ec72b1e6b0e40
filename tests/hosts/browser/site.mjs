// A website on a free port of this machine, which this process serves.
import { EventEmitter, once } from "node:events";
import { createServer } from "node:http";
import { text } from "node:stream/consumers";

/**
 * Serves `files`, texts by their paths, with `headers`. Returns the address, what will be the text of the first `POST`, and a
 * function that ends the site.
 */
export async function serve(files, headers = {}) {
  const posts = new EventEmitter();
  const posted = once(posts, "post").then(([body]) => body);
  const server = createServer(async (request, response) => {
    if (request.method === "POST") {
      const body = await text(request);
      response.writeHead(204).end();
      posts.emit("post", body);
      return;
    }
    const file = files[request.url];
    const type = request.url.endsWith(".js") ? "text/javascript" : "text/html";
    response.writeHead(file === undefined ? 404 : 200, { ...headers, "content-type": `${type}; charset=utf-8` }).end(file);
  });
  await once(server.listen(0, "127.0.0.1"), "listening");
  const end = () => {
    server.close();
    server.closeAllConnections();
  };
  return { address: `http://127.0.0.1:${server.address().port}/`, posted, end };
}
