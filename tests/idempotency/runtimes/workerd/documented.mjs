// Takes the Worker from the documentation of `durableObject` in the installed package: its module and its settings.
import { readFile, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";

const { resolve } = createRequire(import.meta.url);

/** Writes the module to a directory. Returns the settings for wrangler. */
export async function documentedWorker(directory) {
  const types = join(dirname(resolve("docutray-webhook/package.json")), "idempotency/durable-object.d.ts");
  const text = (await readFile(types, "utf8")).replace(/^ \* ?/gm, "");
  const main = join(directory, "index.ts");
  await writeFile(main, block(text, "ts"));
  const trailingComma = /,(?=\s*[}\]])/g;
  return { main, ...JSON.parse(block(text, "jsonc").replace(trailingComma, "")) };
}

function block(text, language) {
  const [, found] = new RegExp(`^\`\`\`${language}\n(.*?)^\`\`\``, "ms").exec(text);
  return found;
}
