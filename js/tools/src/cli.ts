#!/usr/bin/env node
import { EXIT } from "./exit.js";
import { main } from "./program.js";

const interruption = new AbortController();

// The first asks the command to end, the second ends it.
for (const name of ["SIGINT", "SIGTERM"] as const) {
  process.on(name, () => {
    if (interruption.signal.aborted) {
      process.exit(EXIT.interrupted);
    }
    interruption.abort();
  });
}

// Whoever reads may have seen enough, such as `head`.
for (const stream of [process.stdout, process.stderr]) {
  stream.on("error", (error: NodeJS.ErrnoException) => {
    if (error.code !== "EPIPE") {
      throw error;
    }
    process.exit(EXIT.fine);
  });
}

void main(process.argv.slice(2), interruption.signal).then((exit) => {
  process.exitCode = exit;
});
