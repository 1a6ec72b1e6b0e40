import type { Command } from "../command.js";
import { bash } from "./completion/bash.js";
import { fish } from "./completion/fish.js";
import { zsh } from "./completion/zsh.js";

export const SHELLS = ["bash", "zsh", "fish"] as const;

export type Shell = (typeof SHELLS)[number];

/** A script that completes commands, options and their values. */
export function completionFor(shell: Shell, commands: readonly Command[]): string {
  return { bash, zsh, fish }[shell](commands);
}
