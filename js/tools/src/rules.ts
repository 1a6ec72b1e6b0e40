import * as bindings from "./generated/bindings.js";
import { compressed } from "./generated/module.js";
import { decompressed } from "./decompressed.js";
import type {
  Answered,
  Bytes,
  ChainLink,
  DeliveryBytes,
  Diagnosis,
  Edit,
  Endpoint,
  Examination,
  Explanation,
  FailedError,
  Fault,
  Fields,
  Forged,
  Forgery,
  Probe,
  ProbeRequest,
  Sample,
  Tree,
  Unsigned,
} from "./wire.js";

/** The functions of the rules, which `js/tools/wasm/src/functions.rs` has by the same names. */
export interface Rules {
  readonly version: { readonly input: Record<string, never>; readonly output: string };
  /** In the order in which they are to be sent. */
  readonly doctorProbes: { readonly input: Record<string, never>; readonly output: readonly Probe[] };
  readonly doctorRequests: { readonly input: { readonly probe: string; readonly endpoint: Endpoint }; readonly output: readonly ProbeRequest[] };
  /** `endpoint` is the one that the requests were made for. Without answers, the probe was not sent. */
  readonly doctorJudge: {
    readonly input: { readonly probe: string; readonly endpoint: Endpoint; readonly answers: readonly Answered[] };
    readonly output: Diagnosis;
  };
  readonly doctorSummary: { readonly input: readonly Pick<Diagnosis, "state" | "code">[]; readonly output: Examination };
  /** Signs a delivery as Docutray does, with all headers that Docutray sends. Nothing is checked: wrong values are signed as they are. */
  readonly sign: { readonly input: Unsigned; readonly output: DeliveryBytes };
  /** How long Docutray waits after each failed attempt before the next, in seconds. */
  readonly retries: { readonly input: Record<string, never>; readonly output: readonly number[] };
  readonly samples: { readonly input: Record<string, never>; readonly output: readonly Sample[] };
  /** Faults: `unknown_sample`, and those of `edit`. */
  readonly sample: {
    readonly input: {
      readonly name: string;
      /** When the work ended: Unix time in seconds. */
      readonly now: number;
      /** The id of the conversion, identification or step execution, in place of the sample's own. */
      readonly id?: string | undefined;
      readonly failedError?: FailedError | undefined;
      readonly set?: readonly Edit[] | undefined;
    };
    readonly output: { readonly event: string; readonly body: Bytes };
  };
  /** The payloads of one piece of work: they have the same id. */
  readonly chain: {
    readonly input: {
      readonly family: "CONVERSION" | "IDENTIFICATION" | "STEP";
      readonly ends: "COMPLETED" | "FAILED";
      /** When the work begins: Unix time in seconds. */
      readonly now: number;
      readonly id?: string | undefined;
      readonly failedError?: FailedError | undefined;
    };
    readonly output: readonly ChainLink[];
  };
  /** Changes values of a payload and no other byte. Faults: `malformed_payload`, `invalid_path`, `unknown_path`. */
  readonly edit: { readonly input: { readonly body: Bytes; readonly set: readonly Edit[] }; readonly output: Bytes };
  readonly forgeries: { readonly input: Record<string, never>; readonly output: readonly Forgery[] };
  /** Faults: `unknown_forgery`; `undocumented_event` of `splice`, `fields` and `status` for an event that Docutray does not document. */
  readonly forge: { readonly input: { readonly name: string; readonly delivery: Unsigned }; readonly output: Forged };
  /** Faults: `invalid_config`, with the field `secrets`, `url`, `tolerance` or `maxBody`. */
  readonly explain: {
    readonly input: {
      readonly headers: Fields;
      readonly body: Bytes;
      /** Newest first. */
      readonly secrets: readonly string[];
      /** As registered. Without one the metadata is not checked. */
      readonly url?: string;
      /** The request's target as it came, such as `/hooks?a=1`: it helps to find what is wrong with the URL. */
      readonly target?: string;
      /** Unix time in seconds. */
      readonly now: number;
      /** In seconds. */
      readonly tolerance?: number;
      /** In bytes. */
      readonly maxBody?: number;
    };
    readonly output: Explanation;
  };
  /** Faults: `malformed_payload`, which says where. */
  readonly tree: { readonly input: { readonly body: Bytes }; readonly output: Tree };
  /** What a right receiver answers whose handler succeeds. `now` is Unix time in seconds. Faults: as of `explain`. */
  readonly rightAnswer: {
    readonly input: DeliveryBytes & {
      readonly method: string;
      /** The newest first. */
      readonly secrets: readonly string[];
      readonly url: string;
      readonly now: number;
      /** In bytes. */
      readonly maxBody?: number;
      /** Whether the receiver has processed the event before. */
      readonly isProcessed?: boolean;
    };
    readonly output: RightAnswerOutput;
  };
  /** Whether a URL's host, with or without a port, is this machine by its name or its address. */
  readonly isThisMachine: { readonly input: { readonly host: string }; readonly output: boolean };
  readonly failureAnswer: { readonly input: { readonly failure: Failure }; readonly output: RightAnswerOutput };
}

/** A request that a receiver cannot verify or forward, by the code of its answer. */
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

  /** @internal */
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
    const module = new WebAssembly.Module(decompressed(compressed));
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
