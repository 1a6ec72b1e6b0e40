// Runs headless Chromium, whose path is in `CHROMIUM`, on a page that this process serves.
import { once } from "node:events";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { createServer } from "node:http";
import { tmpdir } from "node:os";
import { extname, join } from "node:path";
import { run } from "./processes.mjs";

const TYPES = { ".html": "text/html", ".js": "text/javascript" };
/** A new profile, and no requests to other servers. */
const FLAGS = [
  "--headless",
  "--no-sandbox",
  "--disable-gpu",
  "--no-first-run",
  "--disable-background-networking",
  "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
  "--dump-dom",
];

/** Returns a directory's `index.html` after all its scripts have run. */
export async function dumped(directory, hash) {
  const server = createServer(async (request, response) => {
    const path = request.url === "/" ? "/index.html" : request.url;
    const content = await readFile(join(directory, path)).catch(() => undefined);
    const type = TYPES[extname(path)] ?? "application/octet-stream";
    response.writeHead(content ? 200 : 404, { "content-type": type }).end(content);
  });
  const profile = await mkdtemp(join(tmpdir(), "profile-"));
  try {
    await once(server.listen(0, "127.0.0.1"), "listening");
    const address = `http://127.0.0.1:${server.address().port}/#${hash}`;
    const { stdout } = await run(process.env.CHROMIUM, [...FLAGS, `--user-data-dir=${profile}`, address]);
    return stdout;
  } finally {
    server.close();
    await rm(profile, { recursive: true, force: true, maxRetries: 5 });
  }
}
