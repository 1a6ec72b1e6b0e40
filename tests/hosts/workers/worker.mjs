// The cases in a Worker: takes an array of them, answers one result a line.
import * as lib from "docutray-webhook";
import { run } from "../run-cases.mjs";

export default {
  async fetch(request) {
    return new Response(run(lib, await request.json()).join("\n"));
  },
};
