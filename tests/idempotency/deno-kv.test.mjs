// The store in Deno KV, in Deno.
import assert from "node:assert/strict";
import { mkdtemp, rm } from "node:fs/promises";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { after, before, suite, test } from "node:test";
import { open, runCase, tell } from "./ask.mjs";
import { contract } from "./contract.mjs";
import { serving } from "./serving.mjs";
