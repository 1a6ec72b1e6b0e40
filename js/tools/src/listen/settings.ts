import type { ScriptedAnswer } from "../wire.js";

export interface Settings {
  /** The newest first. Never shown. */
  readonly secrets: readonly string[];
  /** The registered URL. Without one it is the address to which a delivery came. */
  readonly url: string | undefined;
  readonly forward: URL | undefined;
  /** Whether deliveries may be forwarded to another machine. */
  readonly allowRemote: boolean;
  readonly answer: ScriptedAnswer["answer"] | undefined;
}
