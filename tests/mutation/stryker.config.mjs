// Read by StrykerJS. `cargo xtask mutation-js` runs it.
const tested = (names) => names.map((name) => `test/${name}.test.mjs`);

/** @type {import("@stryker-mutator/api/core").PartialStrykerOptions} */
export default {
  testRunner: "tap",
  plugins: ["@stryker-mutator/tap-runner"],
  tap: {
    // Those that find most come first: a mutant ends at the first file that fails.
    testFiles: [
      ...tested(["scripts", "claims", "handler", "environment", "explanation", "secret-function", "tenants", "memory", "node", "record", "request"]),
      ...tested(["never-rejected", "health", "hints", "secrets", "store-away", "told", "unfit", "unfit-payload", "url-object", "wait-until"]),
      ...tested(["late-body", "contended", "lost", "logger", "tracing", "lambda-handler", "lambda-authorizer", "documents"]),
      "stores/*.test.mjs",
    ],
    nodeArgs: ["--test-reporter=tap"],
    forceBail: true,
  },
  coverageAnalysis: "perTest",
  buildCommand: "node build.mjs",
  mutate: ["src/receiver/**/*.ts", "src/idempotency/**/*.ts", "!src/**/*.d.ts"],
  ignorePatterns: ["/reports", "/built"],
  // The texts that people read are not judged word by word. Statements of stores are run on real servers by the step `idempotency`.
  mutator: { excludedMutations: ["StringLiteral"] },
  concurrency: 2,
  timeoutMS: 4000,
  reporters: ["progress-append-only", "clear-text", "json"],
  clearTextReporter: { reportTests: false, reportScoreTable: true },
  jsonReporter: { fileName: "reports/mutants.json" },
  tempDirName: ".stryker",
  symlinkNodeModules: true,
  disableTypeChecks: false,
  allowEmpty: false,
};
