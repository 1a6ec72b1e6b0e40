// API Gateway calls this before each request to ask whether it may pass. It sees the headers, never the body.
import { authorizer } from "docutray-webhook/lambda";

// The secret and the URL come from the environment: DOCUTRAY_WEBHOOK_SECRET and DOCUTRAY_WEBHOOK_URL.
export const handler = authorizer({});
