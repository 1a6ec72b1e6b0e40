// Validates bills of materials, its arguments, against CycloneDX's own schema of the version that they name. Prints how many it was.
import { readFile } from "node:fs/promises";
import { Spec, Validation } from "@cyclonedx/cyclonedx-library";

const bills = process.argv.slice(2);
for (const bill of bills) {
  const text = await readFile(bill, "utf8");
  const validator = new Validation.JsonStrictValidator(Spec.Version[`v${JSON.parse(text).specVersion.replace(".", "dot")}`]);
  const fault = await validator.validate(text);
  if (fault !== null) {
    throw new Error(`${bill} is no bill of CycloneDX: ${JSON.stringify(fault, null, 1)}`);
  }
}
console.log(`${bills.length} valid by CycloneDX's schema`);
