// How much is measured: `full` for results that are kept, `quick` for a first impression, `trial` to check that everything runs.
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
 * `warmUp` and `firstWarmUp` are how long a task is warmed up, later and the first time in a process, in milliseconds. The rounds of
 * all tasks have a time limit and a least and a greatest number. `starts` is the number of new processes, `bodies` that of arriving bodies.
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

/** Returns the settings that a program's last argument names. */
export function settings() {
  const name = process.argv.at(-1);
  if (!Object.hasOwn(SETTINGS, name)) {
    throw new Error(`the last argument is one of ${Object.keys(SETTINGS).join(", ")}`);
  }
  return SETTINGS[name];
}
