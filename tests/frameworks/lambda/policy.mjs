// The authorizer for an HTTP API with payload format 2.0 and IAM policies.
import { authorizer } from "docutray-webhook/lambda";

const { DOCUTRAY_SECRET, DOCUTRAY_URL } = process.env;

export const handler = authorizer({ secret: DOCUTRAY_SECRET, url: DOCUTRAY_URL, response: "iam" });
