import { useState } from "preact/hooks";
import type { Webhook } from "../../src/wire.js";
import { write } from "../api.js";
import { eventsInShort } from "../event-names.js";
import { attempt } from "../notice.js";
import { Breaking } from "../parts/Breaking.js";
import { Confirm } from "../parts/Confirm.js";
import { Menu } from "../parts/Menu.js";
import { Switch } from "../parts/Switch.js";
import { SecretDialog } from "./SecretDialog.js";
import { isLoaded, reloadWebhooks, webhooks } from "./state.js";
import { WebhookForm } from "./WebhookForm.js";

type Open =
  | { readonly kind: "add" }
  | { readonly kind: "edit" | "regenerate" | "delete"; readonly webhook: Webhook }
  | { readonly kind: "secret"; readonly url: string; readonly secret: string };

const ADD = "add-webhook";

/** Docutray's "Settings > Organization > Webhooks". */
export function Webhooks() {
  const [open, setOpen] = useState<Open | undefined>(undefined);
  const close = () => setOpen(undefined);
  return (
    <section class="card" aria-labelledby="webhooks">
      <p class="path">Settings › Organization › Webhooks</p>
      <div class="heading">
        <h2 id="webhooks">Webhooks</h2>
        <button id={ADD} type="button" class="primary" onClick={() => setOpen({ kind: "add" })}>
          Add Webhook
        </button>
      </div>
      {isLoaded.value && webhooks.value.length === 0 && (
        <p class="empty">No webhook yet. Add one with the URL of your endpoint, such as http://localhost:3000/webhooks/docutray.</p>
      )}
      <ul class="webhooks">
        {webhooks.value.map((webhook) => (
          <Row key={webhook.id} webhook={webhook} open={setOpen} />
        ))}
      </ul>
      {open?.kind === "add" && <WebhookForm onSecret={(url, secret) => setOpen({ kind: "secret", url, secret })} onClose={close} />}
      {open?.kind === "edit" && <WebhookForm webhook={open.webhook} onClose={close} />}
      {open?.kind === "secret" && <SecretDialog url={open.url} secret={open.secret} onClose={close} />}
      {open?.kind === "regenerate" && <Regenerate webhook={open.webhook} open={setOpen} onClose={close} />}
      {open?.kind === "delete" && <Delete webhook={open.webhook} onClose={close} />}
    </section>
  );
}

function Row({ webhook, open }: { readonly webhook: Webhook; readonly open: (open: Open) => void }) {
  const { id, url, enabled, events, disabledBecause } = webhook;
  const change = (enabled: boolean) =>
    void attempt(async () => {
      await write("PATCH", `/api/webhooks/${id}`, { enabled });
      await reloadWebhooks();
      return enabled ? `Enabled ${url}.` : `Disabled ${url}. It gets nothing more.`;
    });
  return (
    <li>
      <div class="what">
        <Breaking kind="url" text={url} />
        <p class="hint">{eventsInShort(events)}</p>
        {disabledBecause !== undefined && <p class="fault small">Disabled by the emulator: {disabledBecause}</p>}
      </div>
      <Switch label={`Enabled: ${url}`} on={enabled} onChange={change} />
      <Menu
        label={`Actions for ${url}`}
        items={[
          { label: "Edit", choose: () => open({ kind: "edit", webhook }) },
          { label: "Regenerate secret", choose: () => open({ kind: "regenerate", webhook }) },
          { label: "Delete", danger: true, choose: () => open({ kind: "delete", webhook }) },
        ]}
      />
    </li>
  );
}

interface Asking {
  readonly webhook: Webhook;
  readonly onClose: () => void;
}

function Regenerate({ webhook, open, onClose }: Asking & { readonly open: (open: Open) => void }) {
  const regenerate = () =>
    void attempt(async () => {
      const { secret } = await write<{ readonly secret: string }>("POST", `/api/webhooks/${webhook.id}/secret`);
      open({ kind: "secret", url: webhook.url, secret });
      return undefined;
    });
  return (
    <Confirm title="Regenerate the secret?" action="Regenerate secret" onConfirm={regenerate} onClose={onClose}>
      <p>
        The old secret of <Breaking kind="url" text={webhook.url} /> ends at once. Until your endpoint has the new one, it refuses every delivery.
      </p>
    </Confirm>
  );
}

function Delete({ webhook, onClose }: Asking) {
  const remove = () =>
    void attempt(async () => {
      await write("DELETE", `/api/webhooks/${webhook.id}`);
      onClose();
      await reloadWebhooks();
      // The menu that had the focus is gone.
      document.getElementById(ADD)?.focus();
      return `Deleted ${webhook.url}.`;
    });
  return (
    <Confirm title="Delete the webhook?" action="Delete" onConfirm={remove} onClose={onClose}>
      <p>
        <Breaking kind="url" text={webhook.url} /> gets nothing more. Deliveries that wait for their next try are given up.
      </p>
    </Confirm>
  );
}
