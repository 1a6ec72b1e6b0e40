import type { Command } from "./command.js";
import { completion } from "./commands/completion.js";
import { help } from "./commands/help.js";
import { send } from "./commands/send.js";

/** All commands, in the order of the help. */
export const commands: readonly Command[] = [send, completion, help];
