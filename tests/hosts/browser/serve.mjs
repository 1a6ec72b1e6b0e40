// examples/browser in Chromium: `node serve.mjs DIRECTORY` receives deliveries by HTTP, pastes each into the page, and
// answers with what the page shows. It prints where it listens, and ends when its standard input does.
import { readFileSync } from "node:fs";
import { once } from "node:events";
import { createServer } from "node:http";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { build } from "esbuild";
import { open } from "./chromium.mjs";

const { DOCUTRAY_WEBHOOK_SECRET = "", DOCUTRAY_WEBHOOK_SECRET_OLD = "", DOCUTRAY_WEBHOOK_URL = "", PORT = "0" } = process.env;

const directory = process.argv[2];
// The same build as the example's script `build`.
const bundle = await build({ entryPoints: [join(directory, "page.js")], bundle: true, write: false });
const page = await open({
  "/": readFileSync(join(directory, "index.html"), "utf8"),
  "/out/page.js": bundle.outputFiles[0].text,
});

const server = createServer(async (request, response) => {
  if (request.method !== "POST") {
    response.writeHead(405, { allow: "POST" }).end();
    return;
  }
  await paste("secret", `${DOCUTRAY_WEBHOOK_SECRET}\n${DOCUTRAY_WEBHOOK_SECRET_OLD}`);
  await paste("url", DOCUTRAY_WEBHOOK_URL);
  await paste("headers", lines(request.rawHeaders));
  await paste("body", await text(request));
  await page.click("button");
  const verdict = await page.textContent("output");
  response.writeHead(JSON.parse(verdict).status ?? 200, { "content-type": "application/json" }).end(verdict);
});

function paste(field, content) {
  return page.fill(`[name=${field}]`, content);
}

function lines(rawHeaders) {
  return rawHeaders.map((part, index) => (index % 2 === 0 ? `${part}: ` : `${part}\n`)).join("");
}

await once(server.listen(Number(PORT), "127.0.0.1"), "listening");
console.log(`listening on http://127.0.0.1:${server.address().port}`);
process.stdin.resume().once("end", () => process.exit());
