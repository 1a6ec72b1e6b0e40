// Debian's docker-registry, which is the reference of the OCI's distribution protocol.
import { spawn } from "node:child_process";
import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { createInterface } from "node:readline";

const LISTENING = /listening on (127\.0\.0\.1:\d+)/;

/** Starts it with its files in a directory. Anybody may push. */
export async function ociRegistry(storage) {
  await mkdir(storage, { recursive: true });
  const settings = { version: "0.1", storage: { filesystem: { rootdirectory: storage } }, http: { addr: "127.0.0.1:0" } };
  const file = join(storage, "config.yml");
  // JSON is YAML.
  await writeFile(file, JSON.stringify(settings));
  const registry = spawn(process.env.DOCKER_REGISTRY, ["serve", file], { stdio: ["ignore", "ignore", "pipe"] });
  process.once("exit", () => registry.kill());
  let written = "";
  // It goes on to be read to the end, or the registry would stand still when the pipe is full.
  const address = await new Promise((resolve, reject) => {
    createInterface({ input: registry.stderr }).on("line", (line) => {
      written += `${line}\n`;
      const found = LISTENING.exec(line);
      if (found) {
        resolve(found[1]);
      }
    });
    registry.once("error", reject);
    registry.once("exit", () => reject(new Error(`the registry has ended:\n${written}`)));
  });
  return { address, end: () => registry.kill() };
}
