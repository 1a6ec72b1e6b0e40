// The emulator's state file: for its owner alone, always whole, of one process at a time.
import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { chmod, mkdir, mkdtemp, readFile, readdir, rm, stat, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { bundled, source } from "./source.mjs";

const { StateFile, StateFault } = await source("emulator/state-file.ts", "emulator/state-fault.ts");

async function directory(t) {
  const path = await mkdtemp(join(tmpdir(), "state-"));
  t.after(() => rm(path, { recursive: true }));
  return path;
}

async function mode(path) {
  return ((await stat(path)).mode & 0o777).toString(8);
}

function isFault(pattern) {
  return (error) => error instanceof StateFault && pattern.test(error.message);
}

test("the state comes back, in a file that only its owner can read", async (t) => {
  const path = join(await directory(t), "state.json");
  const first = await StateFile.open(path);
  assert.equal(first.state, undefined);
  await first.file.save(() => "one");
  assert.equal(await mode(path), "600");
  await chmod(path, 0o644);
  await first.file.close();

  const second = await StateFile.open(path);
  assert.equal(second.state, "one");
  assert.equal(await mode(path), "600");
  await second.file.close();
  assert.deepEqual(await readdir(join(path, "..")), ["state.json"]);
});

test("a reader never sees a part of a state", async (t) => {
  const path = join(await directory(t), "state.json");
  const { file } = await StateFile.open(path);
  t.after(() => file.close());
  const states = ["a", "b"].map((letter) => letter.repeat(1_000_000));
  await file.save(() => states[0]);
  for (let count = 0; count < 20; count += 1) {
    const saved = file.save(() => states[count % 2]);
    assert.ok(states.includes(await readFile(path, "utf8")));
    await saved;
  }
});

test("of states that come while one is written only the last is written", async (t) => {
  const path = join(await directory(t), "state.json");
  const { file } = await StateFile.open(path);
  t.after(() => file.close());
  const written = [];
  const saves = [1, 2, 3, 4].map((number) => file.save(() => (written.push(number), String(number))));
  await Promise.all(saves);
  assert.deepEqual(written, [1, 4]);
  assert.equal(await readFile(path, "utf8"), "4");
});

test("what a killed process has left beside the file gets no one else's mode", async (t) => {
  const path = join(await directory(t), "state.json");
  await writeFile(`${path}.new`, "left", { mode: 0o644 });
  const { file } = await StateFile.open(path);
  t.after(() => file.close());
  await file.save(() => "new");
  assert.equal(await mode(path), "600");
});

test("a link to the file stays a link", async (t) => {
  const path = await directory(t);
  await mkdir(join(path, "real"));
  await writeFile(join(path, "real/state.json"), "old");
  await symlink("real/state.json", join(path, "state.json"));
  const { file, state } = await StateFile.open(join(path, "state.json"));
  assert.equal(state, "old");
  await assert.rejects(StateFile.open(join(path, "real/state.json")), isFault(/Another emulator/));
  await file.save(() => "new");
  assert.equal(await readFile(join(path, "real/state.json"), "utf8"), "new");
  await file.close();
});

test("a second owner is refused, until the first has ended", async (t) => {
  const path = join(await directory(t), "state.json");
  const { file } = await StateFile.open(path);
  await assert.rejects(StateFile.open(path), isFault(/Another emulator uses the state file .*state\.json/));
  await file.close();
  await (await StateFile.open(path)).file.close();
});

test("a process that was killed leaves the file free", async (t) => {
  const path = join(await directory(t), "state.json");
  const module = await bundled(t, "emulator/state-file.ts");
  const program = `import { StateFile } from ${JSON.stringify(module.href)};
    const { file } = await StateFile.open(${JSON.stringify(path)});
    await file.save(() => "kept");
    console.log("open");
    setInterval(() => {}, 1000);`;
  const owner = spawn(process.execPath, ["--input-type=module", "--eval", program], { stdio: ["ignore", "pipe", "inherit"] });
  await once(owner.stdout, "data");
  await assert.rejects(StateFile.open(path), isFault(/Another emulator/));
  owner.kill("SIGKILL");
  await once(owner, "exit");

  const { file, state } = await StateFile.open(path);
  assert.equal(state, "kept");
  await assert.rejects(StateFile.open(path), isFault(/Another emulator/));
  await file.close();
});

test("a directory that is not there, and one that cannot be written to, are named", async (t) => {
  const path = await directory(t);
  await assert.rejects(StateFile.open(join(path, "nowhere/state.json")), isFault(/no directory .*nowhere/));
  await mkdir(join(path, "folder"));
  await assert.rejects(StateFile.open(join(path, "folder")), isFault(/cannot be read/));
});

test("a path that is too long for its lock is named", async (t) => {
  const path = join(await directory(t), "x".repeat(120));
  await assert.rejects(StateFile.open(path), isFault(/too long/));
});

test("a state that cannot be written is a fault, and the next one can be", async (t) => {
  const path = join(await directory(t), "state.json");
  const { file } = await StateFile.open(path);
  t.after(() => file.close());
  await mkdir(`${path}.new`);
  await assert.rejects(file.save(() => "one"), isFault(/cannot be written/));
  await rm(`${path}.new`, { recursive: true });
  await file.save(() => "two");
  assert.equal(await readFile(path, "utf8"), "two");
});
