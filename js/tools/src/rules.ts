import * as bindings from "./generated/bindings.js";
import { frequent, text } from "./generated/bytes.js";
import { fromModuleText } from "../../src/module/module-text.js";
import type { Answered, Endpoint, Examination, Fault, Finding, Probe, ProbeRequest } from "./wire.js";

/** The functions of the rules, which `js/tools/wasm/src/functions.rs` has by the same names. */
export interface Rules {
  readonly version: { readonly input: Record<string, never>; readonly output: string };
  /** In the order in which they are to be sent. */
  readonly doctorProbes: { readonly input: Record<string, never>; readonly output: readonly Probe[] };
  readonly doctorRequests: { readonly input: { readonly probe: string; readonly endpoint: Endpoint }; readonly output: readonly ProbeRequest[] };
  /** `endpoint` is the one that the requests were made for. Without answers, the probe was not sent. */
  readonly doctorJudge: {
    readonly input: { readonly probe: string; readonly endpoint: Endpoint; readonly answers: readonly Answered[] };
    readonly output: Finding;
  };
  readonly doctorSummary: { readonly input: readonly Pick<Finding, "state" | "code">[]; readonly output: Examination };
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
