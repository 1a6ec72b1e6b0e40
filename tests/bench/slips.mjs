// What each library says of deliveries that nobody should accept. Exit 1 if ours accepts one, or if anybody refuses a
// genuine one, since then nothing is shown.
import { execFileSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { libraries, ours } from "./libraries.mjs";
import { table } from "./table.mjs";
import { SLIPS, signed } from "./tampering.mjs";

const GENUINE_ALONE = "--genuine-alone";

async function main() {
  const genuine = await verdicts(signed);
  if (process.argv.includes(GENUINE_ALONE)) {
    process.stdout.write(JSON.stringify(genuine));
    return;
  }
  const rows = [
    { name: "nothing wrong", verdicts: genuine },
    { name: "nothing wrong, in the build for Deno and Bun", verdicts: genuineInBuildFor("deno") },
  ];
  for (const { name, delivery } of SLIPS) {
    const slip = { name, verdicts: await verdicts(delivery) };
    if (slip.verdicts[libraries.indexOf(ours)].accepted) {
      process.exitCode = 1;
    }
    rows.push(slip);
  }
  if (!genuine.every(({ accepted }) => accepted)) {
    process.exitCode = 1;
  }
  const header = ["", ...libraries.map(({ name }) => name)];
  process.stdout.write(table(header, rows.map((row) => [row.name, ...row.verdicts.map(({ text }) => text)]), { right: false }));
}

/** What each library says of what `delivery` makes for its format. */
function verdicts(delivery) {
  return Promise.all(libraries.map((library) => verdict(library, delivery(library.format))));
}

async function verdict(library, delivery) {
  if (!delivery) {
    return { text: "-" };
  }
  try {
    await library.verify(delivery.headers, delivery.body);
    return { accepted: true, text: "accepted" };
  } catch (error) {
    // The others have no codes.
    return { accepted: false, text: library === ours ? `refused: ${error.code ?? error.name}` : "refused" };
  }
}

/** What each says of a genuine delivery, in the files that its package has for another host than Node. */
function genuineInBuildFor(condition) {
  const script = fileURLToPath(import.meta.url);
  return JSON.parse(execFileSync(process.execPath, ["-C", condition, script, GENUINE_ALONE], { encoding: "utf8" }));
}

await main();
