// The authorizer for an HTTP API with payload format 2.0 and IAM policies.
import { authorizer } from "docutray-webhook/lambda";

export const handler = authorizer({ response: "iam" });
