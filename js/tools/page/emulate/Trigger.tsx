import { useState } from "preact/hooks";
import type { Trigger as Triggering, Triggered } from "../../src/emulator-machine.js";
import type { Bytes } from "../../src/wire.js";
import { read, write } from "../api.js";
import { EVENTS } from "../../src/event-names.js";
import { GROUPS } from "../event-names.js";
import { attempt, complain } from "../notice.js";
import { Field } from "../parts/Field.js";
import { Ours } from "../parts/Ours.js";
import { counted } from "../text.js";
import { openDelivery, reloadDeliveries, samples, webhooks } from "./state.js";

/** The choice of all events, one after the other. */
const ALL = "all";

/** Sends an event, all of them, a chain or a sample to the webhooks. */
export function Trigger() {
  const [what, setWhat] = useState("event CONVERSION_COMPLETED");
  const [webhookId, setWebhookId] = useState("");
  const [payload, setPayload] = useState<string | undefined>(undefined);
  const choose = (choice: string) => {
    setWhat(choice);
    setPayload(undefined);
  };
  const edit = async () => {
    const sample = await read<{ readonly body: Bytes }>(`/api/samples/${encodeURIComponent(nameOf(what))}`).catch(complain);
    setPayload(sample !== undefined && "text" in sample.body ? sample.body.text : "");
  };
  const send = (event: Event) => {
    event.preventDefault();
    void attempt(() => trigger(what, webhookId, payload));
  };
  return (
    <section class="card" aria-labelledby="trigger">
      <h2 id="trigger">Send an event</h2>
      <form onSubmit={send}>
        <What value={what} onChange={choose} />
        <Field label="To">
          {(attributes) => (
            <select {...attributes} value={webhookId} onChange={(event) => setWebhookId(event.currentTarget.value)}>
              <option value="">Every enabled webhook with this event</option>
              {webhooks.value.map(({ id, url }) => (
                <option key={id} value={id}>
                  {url}
                </option>
              ))}
            </select>
          )}
        </Field>
        {payload !== undefined && <PayloadEditor payload={payload} onChange={setPayload} />}
        <div class="buttons">
          {what !== ALL && !what.startsWith("chain ") && payload === undefined && (
            <button type="button" onClick={() => void edit()}>
              Edit the payload
            </button>
          )}
          {payload !== undefined && (
            <button type="button" onClick={() => setPayload(undefined)}>
              Use the sample
            </button>
          )}
          <button type="submit" class="primary">
            Send
          </button>
        </div>
      </form>
    </section>
  );
}

function What({ value, onChange }: { readonly value: string; readonly onChange: (value: string) => void }) {
  const others = samples.value.filter(({ name }) => !EVENTS.includes(name));
  return (
    <Field label="Event">
      {(attributes) => (
        <select {...attributes} value={value} onChange={(event) => onChange(event.currentTarget.value)}>
          <option value={ALL}>All nine events</option>
          {GROUPS.map(({ family, title }) => (
            <optgroup key={family} label={title}>
              {EVENTS.filter((event) => event.startsWith(family)).map((event) => (
                <option key={event} value={`event ${event}`}>
                  {event}
                </option>
              ))}
              {["COMPLETED", "FAILED"].map((ends) => (
                <option key={ends} value={`chain ${family} ${ends}`}>
                  {family}: STARTED, then {ends}
                </option>
              ))}
            </optgroup>
          ))}
          {others.length > 0 && (
            <optgroup label="Samples">
              {others.map(({ name, title }) => (
                <option key={name} value={`sample ${name}`}>
                  {title}
                </option>
              ))}
            </optgroup>
          )}
        </select>
      )}
    </Field>
  );
}

function PayloadEditor({ payload, onChange }: { readonly payload: string; readonly onChange: (payload: string) => void }) {
  return (
    <Field
      label="Payload"
      hint={
        <>
          Sent as it stands here, byte for byte, valid or not. <Ours />
        </>
      }
    >
      {(attributes) => <textarea {...attributes} rows={12} spellcheck={false} value={payload} onInput={(event) => onChange(event.currentTarget.value)} />}
    </Field>
  );
}

async function trigger(what: string, webhookId: string, payload: string | undefined): Promise<string> {
  const to = webhookId === "" ? {} : { webhookId };
  const triggered: Triggered[] = [];
  for (const event of eventsOf(what, payload)) {
    triggered.push(await write<Triggered>("POST", "/api/events", { ...event, ...to }));
  }
  const deliveries = triggered.flatMap((one) => one.deliveries);
  const skipped = triggered.flatMap((one) => one.skipped);
  openDelivery(deliveries[0]?.id);
  await reloadDeliveries();
  if (deliveries.length > 0) {
    return `${counted(deliveries.length, "delivery", "deliveries")} on the way.`;
  }
  return skipped.some(({ because }) => because === "disabled")
    ? "Nothing was sent: the webhook is disabled."
    : "Nothing was sent: no webhook has chosen this event.";
}

/** What happens, one after the other. */
function eventsOf(what: string, payload: string | undefined): readonly Triggering[] {
  if (what === ALL) {
    return EVENTS.map((event) => ({ event }));
  }
  return [payload === undefined ? parsed(what) : { event: eventOf(what), payload: { text: payload } }];
}

/** The event of what was chosen; a payload from the editor takes the place of the sample's. */
function eventOf(what: string): string {
  const name = nameOf(what);
  return samples.value.find((sample) => sample.name === name)?.event ?? name;
}

function parsed(what: string): Triggering {
  const [kind, name = "", ends = ""] = what.split(" ");
  if (kind === "chain") {
    return { chain: { family: name, ends } as NonNullable<Triggering["chain"]> };
  }
  return kind === "sample" ? { sample: name } : { event: name };
}

function nameOf(what: string): string {
  return what.slice(what.indexOf(" ") + 1);
}
