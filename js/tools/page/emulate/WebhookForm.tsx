import { useState } from "preact/hooks";
import type { Webhook } from "../../src/wire.js";
import { ApiFault, write } from "../api.js";
import { EVENTS } from "../../src/event-names.js";
import { GROUPS, STAGES } from "../event-names.js";
import { complain, say } from "../notice.js";
import { Dialog } from "../parts/Dialog.js";
import { Field } from "../parts/Field.js";
import { Ours } from "../parts/Ours.js";
import { reloadWebhooks } from "./state.js";

interface Props {
  /** The one to edit. */
  readonly webhook?: Webhook;
  /** Gets a new webhook's secret, which is shown once. */
  readonly onSecret?: (url: string, secret: string) => void;
  readonly onClose: () => void;
}

export function WebhookForm({ webhook, onSecret, onClose }: Props) {
  const [url, setUrl] = useState(webhook?.url ?? "");
  const [events, setEvents] = useState<readonly string[]>(webhook?.events ?? EVENTS);
  const [enabled, setEnabled] = useState(webhook?.enabled ?? true);
  const [fault, setFault] = useState<ApiFault | undefined>(undefined);

  const save = async (event: Event) => {
    event.preventDefault();
    try {
      const input = { url, events, enabled };
      if (webhook === undefined) {
        const { secret } = await write<{ readonly secret: string }>("POST", "/api/webhooks", input);
        onSecret?.(url, secret);
      } else {
        await write("PATCH", `/api/webhooks/${webhook.id}`, input);
        onClose();
        say(`Updated ${url}.`);
      }
      await reloadWebhooks();
    } catch (error) {
      const isOfField = error instanceof ApiFault && (error.field === "url" || error.field === "events");
      setFault(isOfField ? error : undefined);
      if (!isOfField) {
        complain(error);
      }
    }
  };
  return (
    <Dialog title={webhook === undefined ? "Add Webhook" : "Edit Webhook"} onClose={onClose}>
      <form noValidate onSubmit={(event) => void save(event)}>
        <Field label="Endpoint URL (HTTPS)" hint={<UrlHint />} fault={fault?.field === "url" ? fault.message : undefined}>
          {(attributes) => (
            <input {...attributes} type="url" required autofocus autocomplete="off" spellcheck={false} value={url} onInput={(event) => setUrl(event.currentTarget.value)} />
          )}
        </Field>
        <Events chosen={events} onChange={setEvents} />
        {fault?.field === "events" && (
          <p class="fault" role="alert">
            {fault.message}
          </p>
        )}
        <label class="check">
          <input type="checkbox" checked={enabled} onChange={(event) => setEnabled(event.currentTarget.checked)} />
          Enabled
        </label>
        <div class="buttons">
          <button type="button" onClick={onClose}>
            Cancel
          </button>
          <button type="submit" class="primary">
            {webhook === undefined ? "Create Webhook" : "Update Webhook"}
          </button>
        </div>
      </form>
    </Dialog>
  );
}

function UrlHint() {
  return (
    <>
      It is signed exactly as written here. Docutray takes https:// alone; the emulator also takes http:// on this machine. <Ours />
    </>
  );
}

function Events({ chosen, onChange }: { readonly chosen: readonly string[]; readonly onChange: (events: readonly string[]) => void }) {
  const toggle = (name: string, on: boolean) => onChange(EVENTS.filter((event) => (event === name ? on : chosen.includes(event))));
  return (
    <fieldset class="events">
      <legend>Events</legend>
      {GROUPS.map(({ family, title }) => (
        <fieldset key={family}>
          <legend>{title}</legend>
          {STAGES.map(({ stage, title: stageTitle }) => (
            <label key={stage} class="check">
              <input
                type="checkbox"
                checked={chosen.includes(`${family}_${stage}`)}
                onChange={(event) => toggle(`${family}_${stage}`, event.currentTarget.checked)}
              />
              {stageTitle}
            </label>
          ))}
        </fieldset>
      ))}
    </fieldset>
  );
}
