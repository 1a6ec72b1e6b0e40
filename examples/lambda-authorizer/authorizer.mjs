// API Gateway calls this before each request to ask whether it may pass. It sees the headers, never the body.
import { authorizer } from "docutray-webhook/lambda";

const { DOCUTRAY_SECRET, DOCUTRAY_URL } = process.env;

export const handler = authorizer({ secret: DOCUTRAY_SECRET, url: DOCUTRAY_URL });
