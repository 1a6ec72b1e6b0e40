// The example's SAM template. Of CloudFormation's short functions the argument is taken: of `!GetAtt Authorizer.Arn` that text.
import { readFileSync } from "node:fs";
import { parse } from "yaml";

const file = new URL("../examples/lambda-authorizer/template.yaml", import.meta.url);

export const template = parse(readFileSync(file, "utf8"), { logLevel: "error" });
