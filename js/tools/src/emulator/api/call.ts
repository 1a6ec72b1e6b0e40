import { invalidBody, membersOf, type Members } from "../../local/members.js";
import { ApiFault } from "../../local/route.js";
import { RuleFault } from "../../rules.js";
import type { Answers, Command, Query } from "../../emulator-machine.js";
import type { Emulation } from "../emulation.js";
import { StateFault } from "../state-fault.js";

/** Faults that are not faults of the request's members. */
const STATUS: Readonly<Record<string, number>> = { unknown_webhook: 404, unknown_delivery: 404, history_full: 409, too_many_webhooks: 409, no_webhook: 409, not_sent_yet: 409, closed: 503 };

/**
 * Gives a command with the members of a body and those of the path.
 *
 * @throws {ApiFault}
 */
export async function commanded(emulation: Emulation, type: string, path: Members, body: unknown = {}): Promise<Members> {
  const members = membersOf(body);
  const fixed = { ...path, type };
  for (const name of Object.keys(fixed)) {
    if (Object.hasOwn(members, name)) {
      throw invalidBody(name, "is no member of this body");
    }
  }
  // The state machine checks what came.
  return ((await orFault(async () => await emulation.run({ ...members, ...fixed } as Command))) ?? {}) as Members;
}

/** @throws {ApiFault} */
export async function queried<Type extends Query["type"]>(emulation: Emulation, type: Type, members: object = {}): Promise<Answers[Type]> {
  return await orFault(() => emulation.query<Type>({ ...members, type } as Query & { readonly type: Type }), { misfit: "invalid_parameter" });
}

/**
 * Does something with the rules, whose fault becomes that of the request.
 *
 * @param status - The statuses of faults other than 400.
 * @param misfit - The code where what came has another form than it is described.
 */
export async function orFault<Result>(act: () => Result | Promise<Result>, { status = STATUS, misfit = "invalid_body" } = {}): Promise<Result> {
  try {
    return await act();
  } catch (error) {
    if (error instanceof RuleFault) {
      const code = error.code === "invalid_input" ? misfit : error.code;
      throw new ApiFault(status[error.code] ?? 400, code, error.message, error.field);
    }
    if (error instanceof StateFault) {
      // It is done, but would be forgotten.
      throw new ApiFault(500, "state_not_kept", error.message);
    }
    throw error;
  }
}
