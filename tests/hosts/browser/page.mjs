// The cases in a page.
import * as lib from "docutray-webhook";
import { run } from "../run-cases.mjs";

// Without an `await` at the top, since WebKit does not report the errors of a module that has one.
fetch("/cases.json")
  .then((response) => response.json())
  .then((cases) => globalThis.tell({ results: run(lib, cases).join("\n") }));
