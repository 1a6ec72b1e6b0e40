// The cases in Chromium: `node drive.mjs FILE...` prints one result a line. DOCUTRAY_CONSUMER has the package installed.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { build } from "esbuild";
import { open } from "./chromium.mjs";

setTimeout(() => {
  throw new Error("the page has not answered in five minutes");
}, 300_000).unref();

const bundle = await build({
  entryPoints: [join(process.env.DOCUTRAY_CONSUMER, "hosts/browser/page.mjs")],
  bundle: true,
  format: "esm",
  write: false,
});
const cases = process.argv.slice(2).flatMap((file) => JSON.parse(readFileSync(file, "utf8")));
const page = await open({
  "/": '<!doctype html><title>Cases</title><script type="module" src="/page.js"></script>',
  "/page.js": bundle.outputFiles[0].text,
  "/cases.json": JSON.stringify(cases),
});
// The result is one text, since Playwright takes minutes to transfer large values.
const results = await page.evaluate(() => globalThis.results("/cases.json"));
await page.context().browser().close();
process.stdout.write(`${results}\n`, () => process.exit());
