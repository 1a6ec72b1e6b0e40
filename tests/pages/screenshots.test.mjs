// Pictures for the documentation. With SCREENSHOTS=write they are written to js/tools/page/screenshots.
import assert from "node:assert/strict";
import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { test } from "node:test";
import UPNG from "upng-js";
import { open } from "./browser.mjs";
import { emulated, listened } from "./scenes.mjs";

const PLACE = join(process.env.REPOSITORY, "js/tools/page/screenshots");
/** Of all of them, in bytes. */
const MOST = 300_000;
/** So many are enough for text and lines, and make a third of the bytes. */
const COLOURS = 64;

test("pictures of both pages, light and dark, are small", async (t) => {
  const scenes = { emulate: [await emulated(t), openWaiting], listen: [await listened(t), openRefused] };
  let bytes = 0;
  for (const [name, [url, prepare]] of Object.entries(scenes)) {
    for (const colorScheme of ["light", "dark"]) {
      const page = await open(t, url, { colorScheme, viewport: { width: 1_200, height: 800 } });
      await prepare(page);
      const picture = small(await page.screenshot());
      bytes += picture.length;
      if (process.env.SCREENSHOTS === "write") {
        await mkdir(PLACE, { recursive: true });
        await writeFile(join(PLACE, `${name}-${colorScheme}.png`), picture);
      }
    }
  }
  assert.ok(bytes <= MOST, `${bytes} bytes`);
});

async function openWaiting(page) {
  await page.locator(".deliveries .row", { hasText: "next try" }).first().click();
  await page.getByText("Try 2 of 6").waitFor();
}

async function openRefused(page) {
  await page.locator("[role=option]", { hasText: "signature_mismatch" }).first().click();
  await page.getByRole("heading", { name: "What is likely wrong" }).waitFor();
}

function small(png) {
  const image = UPNG.decode(png);
  return Buffer.from(UPNG.encode(UPNG.toRGBA8(image), image.width, image.height, COLOURS));
}
