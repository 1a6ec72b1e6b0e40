// Passes deliveries to a bundle on its platform and checks its verdicts.
import assert from "node:assert/strict";
import { cp, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { dumped } from "./chromium.mjs";
import { delivery } from "./delivery.mjs";
import { OLDEST_NODE } from "./places.mjs";
import { run } from "./processes.mjs";
import { SECRET, URL } from "./settings.mjs";

/** Returns a valid delivery, the same with another body, and the same with another event. */
function deliveries() {
  const good = delivery({ secret: SECRET, url: URL, timestamp: Math.floor(Date.now() / 1000) });
  const otherBody = { ...good, body: good.body.replace("1190.5", "9190.5") };
  const otherEvent = { ...good, headers: { ...good.headers, "x-docutray-event": "CONVERSION_FAILED" } };
  assert.notEqual(otherBody.body, good.body);
  return [good, otherBody, otherEvent, good];
}

const VERDICTS = ["conv_1", "signature_mismatch", "auth_signature_mismatch", "conv_1"];
const STATUSES = [200, 401, 401, 200];

/** Checks a program, alone in an empty directory. */
export async function judgesAsProgram(file, runtime = []) {
  await alone(file, (copy, cwd) => judges([...runtime, copy], { cwd }));
}

/** Checks a command that takes the deliveries as its last argument. */
export async function judges([command, ...args], options) {
  const { stdout } = await run(command, [...args, JSON.stringify(deliveries())], options);
  assert.deepEqual(JSON.parse(stdout), VERDICTS);
}

/** Checks an AWS Lambda function, loaded as CommonJS. */
export async function judgesAsLambda(file) {
  await alone(file, async (copy, cwd) => {
    const caller = `Promise.all(JSON.parse(process.argv[1]).map(require(${JSON.stringify(copy)}).handler))
      .then((answers) => console.log(JSON.stringify(answers.map((answer) => answer.body))))`;
    await judges([OLDEST_NODE, "--eval", caller], { cwd });
  });
}

async function alone(file, use) {
  const directory = await mkdtemp(join(tmpdir(), "bundle-"));
  try {
    const copy = join(directory, basename(file));
    await cp(file, copy);
    await use(copy, directory);
  } finally {
    await rm(directory, { recursive: true });
  }
}

/** Checks a page, the `index.html` of a directory. */
export async function judgesAsPage(directory) {
  const page = await dumped(directory, encodeURIComponent(JSON.stringify(deliveries())));
  const shown = /<body>(.*)<\/body>/s.exec(page)?.[1];
  assert.deepEqual(JSON.parse(shown ?? "null"), VERDICTS, page);
}

/** Checks a server that takes the deliveries as POST requests. */
export async function judgesAsServer(address) {
  const answers = [];
  for (const { headers, body } of deliveries()) {
    const json = { "content-type": "application/json", ...headers };
    const response = await fetch(address, { method: "POST", headers: json, body });
    answers.push([response.status, await response.text()]);
  }
  assert.deepEqual(answers, VERDICTS.map((verdict, index) => [STATUSES[index], verdict]));
}
