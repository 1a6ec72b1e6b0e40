// API Gateway calls this before each request to ask whether it may pass. It sees the headers, never the body.
import { authorizer } from "docutray-webhook/lambda";

const { DOCUTRAY_WEBHOOK_SECRET, DOCUTRAY_WEBHOOK_URL } = process.env;

export const handler = authorizer({ secret: DOCUTRAY_WEBHOOK_SECRET, url: DOCUTRAY_WEBHOOK_URL });
