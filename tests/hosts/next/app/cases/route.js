// The cases on Next's edge: takes an array of them, answers one result a line.
import * as lib from "docutray-webhook";
import { run } from "../../run-cases.mjs";

export const runtime = "edge";

export async function POST(request) {
  return new Response(run(lib, await request.json()).join("\n"));
}
