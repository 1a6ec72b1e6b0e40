// Reads the example's SAM template. CloudFormation's short functions become their arguments: `!GetAtt Authorizer.Arn` becomes its text.
import { readFileSync } from "node:fs";
import { parse } from "yaml";

const file = new URL("../examples/lambda-authorizer/template.yaml", import.meta.url);

export const template = parse(readFileSync(file, "utf8"), { logLevel: "error" });
