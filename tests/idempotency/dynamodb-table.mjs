// The table from the documentation of `dynamodb` in the installed package, and the settings for an emulator.
import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";

const { resolve } = createRequire(import.meta.url);

/** The emulator checks no credentials. */
export const SETTINGS = {
  region: "us-east-1",
  credentials: { accessKeyId: "none", secretAccessKey: "none" },
  maxAttempts: 2,
};

/** Returns the input of `CreateTable`. */
export async function documentedTable() {
  const types = join(dirname(resolve("docutray-webhook/package.json")), "idempotency/dynamodb.d.ts");
  const [, found] = /^ \* ```json\n(.*?)^ \* ```/ms.exec(await readFile(types, "utf8"));
  return JSON.parse(found.replace(/^ \* ?/gm, ""));
}
