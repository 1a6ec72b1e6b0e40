import { Breaking } from "../parts/Breaking.js";
import { Copy } from "../parts/Copy.js";
import { Dialog } from "../parts/Dialog.js";
import { Field } from "../parts/Field.js";
import { Ours } from "../parts/Ours.js";

interface Props {
  readonly url: string;
  readonly secret: string;
  readonly onClose: () => void;
}

export function SecretDialog({ url, secret, onClose }: Props) {
  return (
    <Dialog title="Copy the webhook's secret" onClose={onClose}>
      <p>
        Your endpoint verifies deliveries to <Breaking kind="url" text={url} /> with it. It is shown only now: if you lose it, regenerate it.
      </p>
      <Field
        label="Secret"
        hint={
          <>
            Set it as DOCUTRAY_WEBHOOK_SECRET. What a secret looks like is not documented. <Ours />
          </>
        }
      >
        {(attributes) => <input {...attributes} class="secret" readOnly value={secret} onFocus={(event) => event.currentTarget.select()} />}
      </Field>
      <div class="buttons">
        <Copy text={secret} label="Copy" done="Secret copied." />
        <button type="button" class="primary" onClick={onClose}>
          Done
        </button>
      </div>
    </Dialog>
  );
}
