// The cases on Deno: `deno run --allow-read deno.mjs FILE...` prints one result a line.
import * as lib from "docutray-webhook";
import { run } from "./run-cases.mjs";

const cases = Deno.args.flatMap((file) => JSON.parse(Deno.readTextFileSync(file)));
console.log(run(lib, cases).join("\n"));
