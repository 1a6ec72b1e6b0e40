// Time of a call of several tasks, in rounds: what disturbs a round disturbs all of them, and leaves their ratios.

/**
 * In milliseconds: so long a task runs in a round. Short, so that most samples pass without a busy machine taking the
 * processor away; the medians leave out the others.
 */
const SAMPLE = 0.6;

/** Code is compiled well by another thread, which a busy machine lets wait: the first tasks would be measured before. */
let isCold = true;

/**
 * Runs the tasks, `{ name, sample }`, and gives for each, by its name, the time of a call in each round, in microseconds.
 * `sample(calls)` makes so many calls, one after the other, and gives the milliseconds that they took together.
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

/** How many calls take so long, once the task is warm. */
async function callsIn(time, task, warmUp) {
  let calls = 1;
  let taken = await task.sample(calls);
  while (taken < Math.max(warmUp, time)) {
    calls *= 2;
    taken = await task.sample(calls);
  }
  return Math.max(1, Math.round((calls * time) / taken));
}

/** Another task begins each round, so that none always comes after the same. */
function rotated(tasks, by) {
  const start = by % tasks.length;
  return [...tasks.slice(start), ...tasks.slice(0, start)];
}

/** A table's cell: the median over the rounds, and of the ratio to the reference in the same round, with its quartiles. */
export function cell(times, reference) {
  const ratios = times.map((time, round) => time / reference[round]);
  return {
    median_us: rounded(quantile(times, 0.5)),
    ratio: rounded(quantile(ratios, 0.5)),
    low: rounded(quantile(ratios, 0.25)),
    high: rounded(quantile(ratios, 0.75)),
  };
}

/** What comes behind these digits is noise. */
function rounded(number) {
  return Number(number.toPrecision(4));
}

/** Of numbers: with a share of 0.5 their median. */
export function quantile(values, share) {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.round(share * (sorted.length - 1))];
}
