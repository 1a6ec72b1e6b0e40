// Verdaccio, which npm's own registry is not behind: it has only what is published to it.
import { once } from "node:events";
import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { runServer } from "verdaccio";

/** Starts it with its files in a directory. Anybody may publish. */
export async function npmRegistry(storage) {
  await mkdir(storage, { recursive: true });
  const app = await runServer({
    storage,
    self_path: storage,
    config_path: join(storage, "config.yaml"),
    auth: {},
    uplinks: {},
    packages: { "**": { access: "$all", publish: "$all", unpublish: "$all" } },
    web: { enable: false },
    log: { type: "stderr", format: "pretty", level: "warn" },
  });
  const server = app.listen(0, "127.0.0.1");
  await once(server, "listening");
  return { address: `http://127.0.0.1:${server.address().port}/` };
}
