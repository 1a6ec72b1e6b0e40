// Runs what wrangler has bundled in the runtime of Cloudflare Workers.
import { writeFile } from "node:fs/promises";
import { basename, join } from "node:path";
import { TOOLS } from "./places.mjs";
import { serving } from "./processes.mjs";

/** Serves a directory with a module and its imports while `use` runs. */
export async function servingWorker(directory, { module, wasm, compatibilityDate }, use) {
  const config = join(directory, "worker.capnp");
  await writeFile(
    config,
    `using Workerd = import "/workerd/workerd.capnp";

const config :Workerd.Config = (
  services = [(
    name = "worker",
    worker = (
      compatibilityDate = "${compatibilityDate}",
      modules = [
        (name = "${module}", esModule = embed "${module}"),
        (name = "./${wasm}", wasm = embed "${wasm}"),
      ],
    ),
  )],
  sockets = [(name = "http", address = "127.0.0.1:0", http = (), service = "worker")],
);
`,
  );
  const workerd = join(TOOLS, "@cloudflare/workerd-linux-64/bin/workerd");
  const args = ["serve", basename(config), "--control-fd", "1"];
  const address = /"socket":"http","port":(\d+)/;
  await serving(workerd, args, { cwd: directory, address }, (port) => use(`http://127.0.0.1:${port}`));
}
