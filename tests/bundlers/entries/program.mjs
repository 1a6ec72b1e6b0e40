// A program: deliveries come as its argument, verdicts go to standard output.
import { verdict } from "../app.mjs";

console.log(JSON.stringify(JSON.parse(process.argv.at(-1)).map(verdict)));
