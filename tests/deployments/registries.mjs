// Starts a registry of npm packages, one of crates and one of OCI artefacts, each empty and on a free port of this machine. Prints their
// addresses as JSON, in one line. Ends with its standard input, and removes what it has stored.
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { crateRegistry } from "./crate-registry.mjs";
import { npmRegistry } from "./npm-registry.mjs";
import { ociRegistry } from "./oci-registry.mjs";

const storage = await mkdtemp(join(tmpdir(), "registries-"));
const registries = {
  npm: await npmRegistry(join(storage, "npm")),
  crates: await crateRegistry(),
  oci: await ociRegistry(join(storage, "oci")),
};
const addresses = Object.entries(registries).map(([name, { address }]) => [name, address]);
console.log(JSON.stringify(Object.fromEntries(addresses)));

process.stdin.resume().once("close", async () => {
  registries.oci.end();
  await rm(storage, { recursive: true });
  process.exit();
});
