// Makes a host's tables: a delivery with each contestant, of each size, untouched and read whole.
import { emit } from "../emit.mjs";
import { cell, measured } from "../rounds.mjs";
import { settings } from "../settings.mjs";
import { MODES, rowsOf } from "../task.mjs";

/**
 * Measures and writes the tables. `prepare(task)` prepares a task on the host, like `prepared` in `task.mjs`.
 *
 * @param host - `{ id, name }`.
 * @param how - What is measured differently on this host: see `measured`.
 */
export async function timeDeliveries(host, prepare, how = {}) {
  const { sizes, payloads, ...usual } = settings();
  for (const kind of payloads) {
    const results = [];
    for (const { name, bytes } of sizes) {
      console.error(`${host.name}: ${kind}, ${name}`);
      results.push(await timed(await tasks(prepare, kind, bytes), { ...usual, ...how }));
    }
    for (const mode of MODES) {
      emit(table(host, kind, mode, sizes, results));
    }
  }
}

/** Returns the tasks of both modes, so that they are measured in the same rounds. */
async function tasks(prepare, kind, bytes) {
  const all = MODES.flatMap((mode) => rowsOf(mode).map((name) => ({ name, kind, bytes, mode })));
  const ready = [];
  for (const task of all) {
    ready.push({ ...task, ...(await prepare(task)) });
  }
  return ready;
}

/** Returns the tasks with their times in each round. */
async function timed(tasks, how) {
  const times = await measured(tasks.map((task, name) => ({ name, sample: task.sample })), how);
  return tasks.map((task, index) => ({ ...task, times: times.get(index) }));
}

function table(host, kind, mode, sizes, results) {
  const columns = results.map((result) => result.filter((task) => task.mode === mode));
  const [first] = columns;
  return {
    id: `${host.id}/${kind}/${mode}`,
    title: `${host.name}: ${kind}, ${mode}`,
    note: "",
    columns: sizes.map(({ name }) => name),
    rows: first.map(({ name, isAsync }, row) => ({
      name: isAsync ? `${name} (async)` : name,
      cells: columns.map((tasks) => cell(tasks[row].times, tasks[0].times)),
    })),
  };
}
