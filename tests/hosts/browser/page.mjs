// The cases in a page, for whoever drives the browser.
import * as lib from "docutray-webhook";
import { run } from "../run-cases.mjs";

globalThis.results = async (cases) => {
  const response = await fetch(cases);
  return run(lib, await response.json()).join("\n");
};
