// Times calls of several tasks in rounds. A disturbance affects all tasks of a round, so their ratios stay.

/**
 * How long a task runs in a round, in milliseconds. It is short, so that a busy machine interrupts few samples; the medians
 * exclude those.
 */
const SAMPLE = 0.6;

/** Another thread optimises the code. On a busy machine it takes longer, and the first tasks would be measured before. */
let isCold = true;

/**
 * Runs the tasks, `{ name, sample }`, and returns for each name the time of a call in each round, in microseconds.
 * `sample(calls)` makes this many calls one after the other and returns the milliseconds that they took together.
 */
export async function measured(tasks, { firstWarmUp, warmUp, budget, rounds, sample = SAMPLE }) {
  const calls = new Map();
  for (const task of tasks) {
    calls.set(task, await callsIn(sample, task, isCold ? firstWarmUp : warmUp));
  }
  isCold = false;
  const times = new Map(tasks.map(({ name }) => [name, []]));
  const start = performance.now();
  for (let round = 0; round < rounds.most; round++) {
    if (round >= rounds.least && performance.now() - start > budget) {
      break;
    }
    for (const task of rotated(tasks, round)) {
      times.get(task.name).push((await task.sample(calls.get(task)) / calls.get(task)) * 1000);
    }
  }
  return times;
}

/** Returns how many calls take this long once the task is warm. */
async function callsIn(time, task, warmUp) {
  let calls = 1;
  let taken = await task.sample(calls);
  while (taken < Math.max(warmUp, time)) {
    calls *= 2;
    taken = await task.sample(calls);
  }
  return Math.max(1, Math.round((calls * time) / taken));
}

/** Begins each round with another task, so that none always follows the same one. */
function rotated(tasks, by) {
  const start = by % tasks.length;
  return [...tasks.slice(start), ...tasks.slice(0, start)];
}

/** Returns a table's cell: the median over the rounds, and the median and quartiles of the ratio to the reference. */
export function cell(times, reference) {
  const ratios = times.map((time, round) => time / reference[round]);
  return {
    median_us: rounded(quantile(times, 0.5)),
    ratio: rounded(quantile(ratios, 0.5)),
    low: rounded(quantile(ratios, 0.25)),
    high: rounded(quantile(ratios, 0.75)),
  };
}

/** Rounds to the digits that are more than noise. */
function rounded(number) {
  return Number(number.toPrecision(4));
}

/** Returns the quantile of numbers: with a share of 0.5 their median. */
export function quantile(values, share) {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.round(share * (sorted.length - 1))];
}
