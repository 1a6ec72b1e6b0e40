// Loads a library and verifies one delivery: `payload.mjs DELIVERY [CONTESTANT]`, both files. Without a contestant it does
// everything else. Prints the microseconds of processor time since its start, of all threads together.
import { readFileSync } from "node:fs";
import { pathToFileURL } from "node:url";

const [delivery, contestant] = process.argv.slice(2);
const { headers, body } = JSON.parse(readFileSync(delivery, "utf8"));
const bytes = Buffer.from(body);
if (contestant) {
  const { default: loaded } = await import(pathToFileURL(contestant).href);
  const verified = await loaded.verify(headers, bytes);
  const payload = loaded.payload ? loaded.payload(verified) : verified;
  if (payload.status !== "SUCCESS") {
    throw new Error("this is not the payload");
  }
}
const { user, system } = process.cpuUsage();
console.log(user + system);
