import { values, type Fields } from "./fields.js";

/** What is wrong with an option, as a sentence that names it. */
export interface ConfigProblem {
  readonly option: string;
  readonly problem: string;
}

/** The fields' tags. `js/wasm/src/error.rs` has the same. */
const [CODE, FIELD, STATUS, MESSAGE, FINDING, UNFIT, OPTION, PROBLEM] = [0, 1, 2, 3, 4, 5, 6, 7] as const;

/** The core's error about a delivery or a configuration. The package makes its `WebhookError` from it. */
export class Failure {
  readonly code: string;
  readonly field: string | undefined;
  readonly status: number;
  readonly message: string;
  readonly finding: string;
  /** Whether the delivery is authentic and only its payload does not fit. */
  readonly unfit: boolean;
  /** Everything that is wrong with a configuration. */
  readonly problems: readonly ConfigProblem[];

  /** @throws `Error` if there are no fields, because the core was asked for something that does not exist. */
  constructor(fields: Fields) {
    const first = (tag: number) => values(fields, tag)[0];
    const code = first(CODE);
    if (code === undefined) {
      throw new Error("the core of docutray-webhook has no such verifier");
    }
    this.code = code;
    this.field = first(FIELD);
    this.status = Number(first(STATUS));
    this.message = first(MESSAGE)!;
    this.finding = first(FINDING)!;
    this.unfit = first(UNFIT) !== undefined;
    const problems = values(fields, PROBLEM);
    this.problems = values(fields, OPTION).map((option, place) => ({ option, problem: problems[place]! }));
  }
}
