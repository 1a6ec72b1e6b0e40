// How much is measured: `full` for the results that are kept, `quick` for a look, `trial` to see that it all runs.
const KB = 1024;

export const SIZES = [
  { name: "0.3 KB", bytes: 320 },
  { name: "1 KB", bytes: KB },
  { name: "4 KB", bytes: 4 * KB },
  { name: "16 KB", bytes: 16 * KB },
  { name: "64 KB", bytes: 64 * KB },
  { name: "1 MB", bytes: KB * KB },
];
const [, SMALL, , , LARGE, LARGEST] = SIZES;

/**
 * How long, in milliseconds, a task is warmed up, the first time in a process and later, and how long rounds of all tasks
 * go on: at least and at most so many. `starts` are those of fresh processes, `bodies` those held under way.
 */
const SETTINGS = {
  full: {
    firstWarmUp: 300,
    warmUp: 20,
    budget: 1500,
    rounds: { least: 21, most: 201 },
    sizes: SIZES,
    payloads: ["dense", "prose", "non-ASCII"],
    starts: 15,
    bodies: 1000,
  },
  quick: {
    firstWarmUp: 150,
    warmUp: 20,
    budget: 800,
    rounds: { least: 9, most: 101 },
    sizes: [SMALL, LARGE, LARGEST],
    payloads: ["dense"],
    starts: 5,
    bodies: 1000,
  },
  trial: { firstWarmUp: 0, warmUp: 0, budget: 0, rounds: { least: 1, most: 1 }, sizes: [SMALL], payloads: ["dense"], starts: 1, bodies: 10 },
};

/** Those that a program's last argument names. */
export function settings() {
  const name = process.argv.at(-1);
  if (!Object.hasOwn(SETTINGS, name)) {
    throw new Error(`the last argument is one of ${Object.keys(SETTINGS).join(", ")}`);
  }
  return SETTINGS[name];
}
