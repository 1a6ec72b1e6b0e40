import { useState } from "preact/hooks";
import type { Triggered } from "../../src/emulator-machine.js";
import type { Attempt, EmulatedDelivery } from "../../src/wire.js";
import { write } from "../api.js";
import { attempt } from "../notice.js";
import { AnswerView } from "../parts/AnswerView.js";
import { FieldsTable } from "../parts/FieldsTable.js";
import { Ours } from "../parts/Ours.js";
import { PayloadView } from "../parts/PayloadView.js";
import { type Again, SendAgain } from "../parts/SendAgain.js";
import { timeOf, until } from "../text.js";
import { tries } from "./retries.js";
import { emulatedNow, openDelivery, pathOf, reloadDeliveries, settings } from "./state.js";

const GIVEN_UP: Readonly<Record<NonNullable<EmulatedDelivery["givenUpBecause"]>, string>> = {
  retriesUsed: "All retries failed.",
  disabled: "The webhook was disabled.",
  deleted: "The webhook was deleted.",
  sentOnce: "It was sent again by hand, and such a delivery has one try.",
};

export function DeliveryDetail({ delivery }: { readonly delivery: EmulatedDelivery }) {
  const { id, state, attempts, nextAttemptAt, givenUpBecause, again: made, payload } = delivery;
  const [isAsking, setAsking] = useState(false);
  const again = (how: Again) =>
    attempt(async () => {
      const { deliveries } = await write<Triggered>("POST", `${pathOf(id)}/again`, how);
      setAsking(false);
      openDelivery(deliveries[0]?.id);
      await reloadDeliveries();
      return "Sent again.";
    });
  return (
    <div class="detail">
      {state === "waiting" && nextAttemptAt !== undefined && (
        <p>
          Try {attempts.length + 1} of {tries.value} at {timeOf(nextAttemptAt)}, {until(nextAttemptAt, emulatedNow.value)}.
        </p>
      )}
      {made !== undefined && (
        <p>
          Sent again by hand.{" "}
          <button type="button" onClick={() => openDelivery(made.of)}>
            Show what it was made from
          </button>
        </p>
      )}
      {givenUpBecause !== undefined && <p class="fault">{GIVEN_UP[givenUpBecause]}</p>}
      <ol class="attempts">
        {attempts.map((attempt) => (
          <AttemptView key={attempt.id} attempt={attempt} isLast={attempt.number === attempts.length} />
        ))}
      </ol>
      <h3>Payload</h3>
      <PayloadView body={payload} treeAt={`${pathOf(id)}/tree`} />
      <div class="buttons">
        <button type="button" onClick={() => setAsking(true)}>
          Send again <Ours />
        </button>
      </div>
      {isAsking && <SendAgain body={payload} onSend={again} onClose={() => setAsking(false)} />}
    </div>
  );
}

function AttemptView({ attempt, isLast }: { readonly attempt: Attempt; readonly isLast: boolean }) {
  const { number, at, answer, headers, note, scripted } = attempt;
  return (
    <li>
      <h3>
        {number === 1 ? "First try" : `Retry ${number - 1}`} <small>{timeOf(at)}</small>
      </h3>
      {answer === undefined ? <p>Waiting for the answer, at most {settings.value?.answerWithinSeconds ?? "…"} s.</p> : <AnswerView answer={answer} />}
      {note !== undefined && (
        <p class="hint">
          {note} <Ours />
        </p>
      )}
      {scripted && (
        <p class="hint">
          This answer came from your script, not from the endpoint. <Ours />
        </p>
      )}
      <details open={isLast}>
        <summary>Request's headers</summary>
        <FieldsTable fields={headers} caption="Request's headers" />
      </details>
    </li>
  );
}
