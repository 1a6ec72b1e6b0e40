// The authorizer for an HTTP API with payload format 2.0 and IAM policies.
import { authorizer } from "docutray-webhook/lambda";

const { DOCUTRAY_WEBHOOK_SECRET, DOCUTRAY_WEBHOOK_URL } = process.env;

export const handler = authorizer({ secret: DOCUTRAY_WEBHOOK_SECRET, url: DOCUTRAY_WEBHOOK_URL, response: "iam" });
