// What the registries give is what was built, to the byte.
import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import { test } from "node:test";

const { CRATES, REGISTRY, SUMS, VERSION } = process.env;

test("the published npm package", async () => {
  const manifest = await (await fetch(`${REGISTRY}docutray-webhook/${VERSION}`)).json();
  assert.equal(manifest.scripts, undefined, "an install script");
  assert.equal(await hashOf(manifest.dist.tarball), await built("tgz"));
});

test("the published crate", async () => {
  const { dl } = await (await fetch(`${CRATES}config.json`)).json();
  assert.equal(await hashOf(dl.replace("{crate}", "docutray-webhook")), await built("crate"));
});

async function hashOf(url) {
  const response = await fetch(url);
  assert.equal(response.status, 200, url);
  return createHash("sha256").update(Buffer.from(await response.arrayBuffer())).digest("hex");
}

/** The hash that the release workflow wrote. */
async function built(extension) {
  const name = `docutray-webhook-${VERSION}.${extension}`;
  const lines = (await readFile(SUMS, "utf8")).split("\n");
  const line = lines.find((line) => line.endsWith(`  ${name}`));
  assert.ok(line, `${SUMS} has no ${name}`);
  return line.split(" ")[0];
}
