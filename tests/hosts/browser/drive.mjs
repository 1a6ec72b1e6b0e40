// The cases in a browser, in a page that has a Content Security Policy: `node drive.mjs BROWSER FILE...` prints one result a
// line. DOCUTRAY_CONSUMER has the package installed.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { visit } from "./visit.mjs";

setTimeout(() => {
  throw new Error("the page has not answered in five minutes");
}, 300_000).unref();

const [browser, ...paths] = process.argv.slice(2);
const cases = paths.flatMap((file) => JSON.parse(readFileSync(file, "utf8")));
const script = join(process.env.DOCUTRAY_CONSUMER, "hosts/browser/page.mjs");
const { results } = await visit(browser, script, { files: { "/cases.json": JSON.stringify(cases) } });
process.stdout.write(`${results}\n`);
