import type { Command } from "./command.js";
import { completion } from "./commands/completion.js";
import { emulate } from "./commands/emulate.js";
import { doctor } from "./commands/doctor.js";
import { help } from "./commands/help.js";
import { listen } from "./commands/listen.js";
import { send } from "./commands/send.js";
import { verify } from "./commands/verify.js";

/** All commands, in the order of the help. */
export const commands: readonly Command[] = [emulate, listen, send, verify, doctor, completion, help];
