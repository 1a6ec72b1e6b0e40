import type { Answered, Bytes, Explanation, Fields } from "../../src/wire.js";
export interface Capture {
  readonly id: string;
  readonly receivedAt: string;
  readonly method: string;
  readonly target: string;
  readonly headers: Fields;
  readonly body: Bytes;
  readonly bodyTruncated?: boolean;
  readonly bytes: number;
  readonly explanation: Explanation;
  readonly repeats?: string;
  readonly again?: { readonly of: string; readonly how: AgainHow };
  readonly answer?: Answered;
  readonly answeredBy: AnsweredBy;
}
export type AnsweredBy = "listener" | "forward" | "script";
export type AgainHow = "asCaptured" | "signedAfresh" | "edited";
export type CaptureSummary = Omit<Capture, "headers" | "body" | "answer"> & {
  readonly answer?: { readonly status: number } | { readonly failure: string };
};
export interface CaptureList {
  readonly items: readonly CaptureSummary[];
  readonly dropped: number;
}
export interface CaptureDetail extends Capture {
  readonly replay?: RightAnswer;
}
export interface RightAnswer {
  readonly status: number;
  readonly code?: string;
}
export interface ListenerSettings {
  readonly receives: string;
  readonly url?: string;
  readonly forward?: string;
  readonly answer?: number | "hang" | "reset";
  readonly keeps: { readonly captures: number; readonly bytes: number };
}
