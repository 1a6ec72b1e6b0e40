// An AWS Lambda function behind a function URL.
import { verdict } from "../app.mjs";

export async function handler(event) {
  return { statusCode: 200, body: verdict(event) };
}
