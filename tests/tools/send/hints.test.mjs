// What is easily mistaken in a URL is said before it is sent.
import assert from "node:assert/strict";
import { test } from "node:test";
import { source } from "../source.mjs";

const { hintsOn } = await source("send/hints.ts");
const LOCAL = "http://localhost:3000/hooks";

for (const [url, to, hints] of [
  [LOCAL, LOCAL, []],
  ["https://example.com/hooks", LOCAL, []],
  [`${LOCAL}?a=1&b=2`, LOCAL, []],
  [`${LOCAL}?a=1`, LOCAL, [/put it in quotes: a shell ends a command at an &/]],
  [`${LOCAL}/`, LOCAL, [/differ only in the slash at the end/]],
  ["https://example.com", LOCAL, [/https:\/\/example\.com is signed as it is written, without a slash at its end/]],
  ["https://example.com/", LOCAL, []],
  ["https://example.com?a=1", LOCAL, [/without a slash/, /in quotes/]],
]) {
  test(`${url} to ${to}`, () => {
    const given = hintsOn(url, to);
    assert.equal(given.length, hints.length, given.join("\n"));
    hints.forEach((hint, index) => assert.match(given[index], hint));
  });
}
