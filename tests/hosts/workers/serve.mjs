// A Worker on workerd, its variables from the environment: `node serve.mjs DIRECTORY` tells where it listens, and ends
// with its standard input.
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { serve } from "./workerd.mjs";

const SETTINGS = ["DOCUTRAY_WEBHOOK_SECRET", "DOCUTRAY_WEBHOOK_SECRET_OLD", "DOCUTRAY_WEBHOOK_URL"];

const directory = process.argv[2];
const config = JSON.parse(readFileSync(join(directory, "wrangler.jsonc"), "utf8"));
const vars = Object.fromEntries(Object.entries(process.env).filter(([name]) => SETTINGS.includes(name)));
const configured = join(directory, "wrangler.json");
writeFileSync(configured, JSON.stringify({ ...config, vars }));

console.log(`listening on ${await serve(configured)}`);
process.stdin.resume().once("end", () => process.exit());
