// memory() recognises the real runtime of Workers and warns there, but not in Deno. js/test imitates the other hosts.
import assert from "node:assert/strict";
import { join } from "node:path";
import { suite, test } from "node:test";
import { servingDeno } from "./runtimes/deno/deno.mjs";
import { whileServing } from "./runtimes/places.mjs";
import { servingWorker } from "./runtimes/workerd/workerd.mjs";

const SETTINGS = { main: join(import.meta.dirname, "runtimes/workerd/memory.mjs") };

suite("workerd", () => {
  const served = whileServing((directory) => servingWorker(SETTINGS, directory));
  test("a handler without a common store warns once", async () => {
    const [warning, ...more] = await (await fetch(served.address)).json();
    assert.match(warning, /on Cloudflare Workers .* use durableObject\(namespace\) or d1\(database\)/);
    assert.deepEqual(more, []);
  });
});

suite("Deno", () => {
  const served = whileServing((directory) => servingDeno("memory.mjs", directory));
  test("memory() does not warn, and reads no variable that Deno would ask its user for", async () => {
    assert.deepEqual(await (await fetch(served.address)).json(), []);
  });
});
