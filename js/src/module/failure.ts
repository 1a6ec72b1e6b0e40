import { values, type Fields } from "./fields.js";

/** Something wrong with an option, in a sentence that names it. */
export interface ConfigProblem {
  readonly option: string;
  readonly problem: string;
}

/** The fields' tags, as `js/wasm/src/error.rs` has them. */
const [CODE, FIELD, STATUS, MESSAGE, FINDING, UNFIT, OPTION, PROBLEM] = [0, 1, 2, 3, 4, 5, 6, 7] as const;

/** What the core says of anything but a good delivery or configuration; the package makes its `WebhookError` of it. */
export class Failure {
  readonly code: string;
  readonly field: string | undefined;
  readonly status: number;
  readonly message: string;
  readonly finding: string;
  /** The delivery is authentic, and its payload does not fit. */
  readonly unfit: boolean;
  /** Of a configuration, everything that is wrong. */
  readonly problems: readonly ConfigProblem[];

  /** @throws `Error` where there is none: the core was asked for something that there is not. */
  constructor(fields: Fields) {
    const first = (tag: number) => values(fields, tag)[0];
    const code = first(CODE);
    if (code === undefined) {
      throw new Error("the core of docutray-webhook knows no such verifier");
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
