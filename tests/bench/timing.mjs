// Time per call of several tasks in one process, in rounds: what disturbs a round disturbs all, and leaves the ratios.
import { Bench } from "tinybench";

const ROUNDS = 25;
/** Each task in each round, in milliseconds, and at least so many calls. */
const TIME = 20;
const CALLS = 4;
const WARM_UP_TIME = 300;

/**
 * Runs the tasks, `{ name, run }`, and gives for each the median time of a call in microseconds, and the median and the
 * quartiles of its ratio to the first task in the same round.
 */
export async function measured(tasks) {
  const bench = new Bench({
    time: TIME,
    iterations: CALLS,
    warmupTime: WARM_UP_TIME,
    throws: true,
    subtractTimerOverhead: true,
    timestampProvider: "hrtimeNow",
  });
  for (const { name, run } of tasks) {
    bench.add(name, run);
  }
  for (const task of bench.tasks) {
    await task.warmup();
  }
  const rounds = [];
  for (let round = 0; round < ROUNDS; round++) {
    rounds.push(await medianTimes(rotated(bench.tasks, round)));
  }
  const [{ name: first }] = tasks;
  return new Map(tasks.map(({ name }) => [name, summary(rounds, name, first)]));
}

/** Of a call, in microseconds, by the task's name. */
async function medianTimes(tasks) {
  const times = new Map();
  for (const task of tasks) {
    task.reset();
    await task.run();
    times.set(task.name, task.result.latency.p50 * 1000);
  }
  return times;
}

/** Another task begins each round, so that none always comes after the same. */
function rotated(tasks, by) {
  const start = by % tasks.length;
  return [...tasks.slice(start), ...tasks.slice(0, start)];
}

function summary(rounds, name, first) {
  const ratios = rounds.map((times) => times.get(name) / times.get(first));
  return {
    time: quantile(rounds.map((times) => times.get(name)), 0.5),
    ratio: quantile(ratios, 0.5),
    quartiles: [quantile(ratios, 0.25), quantile(ratios, 0.75)],
  };
}

function quantile(values, share) {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.round(share * (sorted.length - 1))];
}
