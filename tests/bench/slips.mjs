// Shows each library's verdict on deliveries that must be refused. Exits with 1 if ours accepts one, or if any library refuses a
// genuine one, since the table then shows nothing.
import { execFileSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { ours, payloadOf, readers } from "./contestants.mjs";
import { formats } from "./deliveries.mjs";
import { emit } from "./emit.mjs";
import { SLIPS, signed } from "./tampering.mjs";

const GENUINE_ALONE = "--genuine-alone";

async function main() {
  const genuine = await verdicts(signed);
  if (process.argv.includes(GENUINE_ALONE)) {
    process.stdout.write(JSON.stringify(genuine));
    return;
  }
  emit(table("genuine", "Genuine deliveries", [
    { name: "on Node", verdicts: genuine },
    { name: "in the build for Deno and Bun", verdicts: genuineInBuildFor("deno") },
  ]));
  const rows = [];
  for (const { name, delivery } of SLIPS) {
    rows.push({ name, verdicts: await verdicts(delivery) });
  }
  emit(table("slips", "Deliveries that nobody should accept", rows));
  const isRefused = rows.every(({ verdicts }) => !verdicts[readers.indexOf(ours)].accepted);
  if (!isRefused || !genuine.every(({ accepted }) => accepted)) {
    process.exitCode = 1;
  }
}

function table(id, title, rows) {
  return {
    id,
    title,
    note: "",
    columns: readers.map(({ name }) => name),
    rows: rows.map(({ name, verdicts }) => ({ name, cells: verdicts.map(({ text }) => ({ text })) })),
  };
}

/** Returns each library's verdict on what `delivery` makes in its format. */
function verdicts(delivery) {
  return Promise.all(readers.map((reader) => verdict(reader, delivery(formats[reader.format]))));
}

async function verdict(reader, delivery) {
  if (!delivery) {
    return { text: "-" };
  }
  try {
    payloadOf(reader, await reader.verify(delivery.headers, delivery.body));
    return { accepted: true, text: "accepted" };
  } catch (error) {
    // The other libraries have no codes.
    return { accepted: false, text: reader === ours ? `refused: ${error.code ?? error.name}` : "refused" };
  }
}

/** Returns the verdict on a genuine delivery from the files that a package has for another host than Node. */
function genuineInBuildFor(condition) {
  const script = fileURLToPath(import.meta.url);
  return JSON.parse(execFileSync(process.execPath, ["-C", condition, script, GENUINE_ALONE], { encoding: "utf8" }));
}

await main();
