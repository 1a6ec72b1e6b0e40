import * as bindings from "./generated/bindings.js";
import { frequent, text } from "./generated/bytes.js";
import { fromModuleText } from "../../src/module/module-text.js";
import type { Bytes, DeliveryBytes, Explanation, Fault, Fields, Tree } from "./wire.js";

/** The functions of the rules, which `js/tools/wasm/src/functions.rs` has by the same names. */
export interface Rules {
  readonly version: { readonly input: Record<string, never>; readonly output: string };
  readonly sign: { readonly input: { secret: string; url: string; event: string; body: Bytes; now: number; requestId: string }; readonly output: DeliveryBytes };
  readonly explain: { readonly input: object; readonly output: Explanation };
  readonly tree: { readonly input: { body: Bytes }; readonly output: Tree };
  /** What a right receiver answers whose handler succeeds. Times are in seconds. */
  readonly rightAnswer: {
    readonly input: DeliveryBytes & {
      readonly method: string;
      /** The newest first. */
      readonly secrets: readonly string[];
      readonly url: string;
      readonly now: number;
      readonly tolerance?: number;
      readonly maxBody?: number;
      /** Whether the receiver has processed the event before. */
      readonly isProcessed?: boolean;
    };
    readonly output: RightAnswerOutput;
  };
  readonly failureAnswer: { readonly input: { readonly failure: Failure }; readonly output: RightAnswerOutput };
}

export type Failure = "incomplete_body" | "body_timeout" | "overloaded" | "method_not_allowed" | "no_answer";

interface RightAnswerOutput {
  readonly status: number;
  readonly headers: Fields;
  readonly body: string;
  readonly verdict: string;
  readonly code?: string;
}

/** A function of the rules did not accept its input. */
export class RuleFault extends Error {
  readonly code: string;
  readonly field: string | undefined;

  constructor({ code, message, field }: Fault) {
    super(message);
    this.name = "RuleFault";
    this.code = code;
    this.field = field;
  }
}

let isReady = false;

/** @throws {RuleFault} if the input cannot be. */
export function rule<Name extends keyof Rules>(name: Name, input: Rules[Name]["input"]): Rules[Name]["output"] {
  ready();
  return opened(bindings.call(name, JSON.stringify(input)));
}

/** Makes the instance before its first use, and not when this is imported. */
export function ready(): void {
  if (!isReady) {
    const module = new WebAssembly.Module(fromModuleText(text, frequent));
    bindings.__wbg_set_wasm(new WebAssembly.Instance(module).exports);
    isReady = true;
  }
}

/** What a function has returned. */
export function opened<Output>(json: string): Output {
  const result = JSON.parse(json) as { readonly ok: Output } | { readonly error: Fault };
  if ("error" in result) {
    throw new RuleFault(result.error);
  }
  return result.ok;
}
