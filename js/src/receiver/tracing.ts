import type { AnswerRow } from "./outcome.js";

/** The value of a span's attribute. */
type AttributeValue = string | number | boolean;

/** A span, as `@opentelemetry/api` has it. */
export interface TraceSpan {
  setAttributes(attributes: Record<string, AttributeValue>): unknown;
  recordException(exception: Error | string): unknown;
  setStatus(status: { code: number; message?: string }): unknown;
  end(): void;
}

/** A tracer of `@opentelemetry/api`: `trace.getTracer("docutray-webhook")`. */
export interface Tracer {
  startActiveSpan(name: string, options: { kind?: number; attributes?: Record<string, AttributeValue> }, run: (span: TraceSpan) => unknown): unknown;
}

/** What is known of a delivery at its answer. */
export interface Traced {
  readonly method?: string | undefined;
  readonly event?: string | undefined;
  readonly key?: string | undefined;
  readonly requestId?: string | undefined;
  /** What the handler has thrown. */
  readonly thrown?: { readonly error: unknown } | undefined;
}

/** As `@opentelemetry/api` has them: `SpanKind.CONSUMER`, `SpanStatusCode.ERROR`. */
const CONSUMER = 4;
const ERROR = 2;
const SERVER_ERROR = 500;
const CLIENT_ERROR = 400;
const NAME = "process docutray";
/** By the semantic conventions. Any other method is `_OTHER`, so that no sender writes into a trace. */
const METHODS = ["GET", "HEAD", "POST", "PUT", "DELETE", "CONNECT", "OPTIONS", "TRACE", "PATCH"];

/** A delivery's span. Its failures do not change what comes of the delivery. */
export class DeliverySpan {
  readonly #span: TraceSpan | undefined;

  constructor(span: TraceSpan | undefined) {
    this.#span = span;
  }

  /** Writes what came of the delivery. */
  answered(known: Traced, { verdict, code, answer: { status } }: AnswerRow): void {
    attempt(() => {
      this.#span?.setAttributes(attributes(known, verdict, code, status));
      if (known.thrown !== undefined) {
        const { error } = known.thrown;
        this.#span?.recordException(error instanceof Error ? error : String(error));
      }
      if (status >= SERVER_ERROR) {
        this.#span?.setStatus({ code: ERROR, ...(code === undefined ? {} : { message: code }) });
      }
    });
  }

  end(): void {
    attempt(() => this.#span?.end());
  }
}

/** Runs the work in a span of the tracer, if there is one and it works. */
export async function traced<T>(tracer: Tracer | undefined, work: (span: DeliverySpan) => Promise<T>): Promise<T> {
  let working: Promise<T> | undefined;
  function begin(traceSpan?: TraceSpan): Promise<T> {
    const span = new DeliverySpan(traceSpan);
    working ??= work(span).finally(() => span.end());
    return working;
  }
  attempt(() => void Promise.resolve(tracer?.startActiveSpan(NAME, { kind: CONSUMER, attributes: FIXED }, begin)).catch(() => {}));
  return working ?? begin();
}

const FIXED = { "messaging.system": "docutray", "messaging.operation.name": "process", "messaging.operation.type": "process" };

function attributes({ method, event, key, requestId }: Traced, verdict: string, code: string | undefined, status: number): Record<string, AttributeValue> {
  const all: Record<string, AttributeValue | undefined> = {
    "http.request.method": method === undefined ? undefined : METHODS.includes(method) ? method : "_OTHER",
    "http.response.status_code": status,
    "error.type": status >= CLIENT_ERROR ? (code ?? String(status)) : undefined,
    "messaging.message.id": requestId,
    "docutray.event.name": event,
    "docutray.event.key": key,
    "docutray.verdict": verdict,
  };
  return Object.fromEntries(Object.entries(all).filter((pair): pair is [string, AttributeValue] => pair[1] !== undefined));
}

function attempt(call: () => void): void {
  try {
    call();
  } catch {
    // The tracer is the application's. The delivery is more important than its trace.
  }
}
