// A program. It reads deliveries from its argument and writes their verdicts to standard output.
import { verdict } from "../app.mjs";

console.log(JSON.stringify(JSON.parse(process.argv.at(-1)).map(verdict)));
