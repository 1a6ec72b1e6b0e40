import { useState } from "preact/hooks";
import type { Bytes } from "../../src/wire.js";
import { Dialog } from "./Dialog.js";
import { Field } from "./Field.js";

/** What the API takes. */
export interface Again {
  readonly how: "asCaptured" | "signedAfresh" | "edited";
  readonly body?: Bytes;
}

interface Props {
  readonly body: Bytes;
  /** What a right receiver says to the same bytes now. */
  readonly expected?: string | undefined;
  /** Why nothing can be signed, where it is so. */
  readonly unsigned?: string | undefined;
  readonly onSend: (again: Again) => unknown;
  readonly onClose: () => void;
}

/** Asks how to send a delivery again. Enter sends it signed afresh. */
export function SendAgain({ body, expected, unsigned, onSend, onClose }: Props) {
  const [how, setHow] = useState<Again["how"]>(unsigned === undefined ? "signedAfresh" : "asCaptured");
  const [text, setText] = useState("text" in body ? body.text : "");
  const send = (event: Event) => {
    event.preventDefault();
    onSend(how === "edited" ? { how, body: { text } } : { how });
  };
  const choice = (value: Again["how"], label: string, hint: string, isPossible: boolean) => (
    <label class="check choice">
      <input type="radio" name="how" autofocus={how === value} disabled={!isPossible} checked={how === value} onChange={() => setHow(value)} />
      <span>
        {label}
        <span class="hint">{hint}</span>
      </span>
    </label>
  );
  return (
    <Dialog title="Send again" onClose={onClose}>
      <form onSubmit={send}>
        <fieldset>
          <legend>How</legend>
          {choice("signedAfresh", "Signed afresh", unsigned ?? "The same body with a new request id, time and signatures.", unsigned === undefined)}
          {choice("asCaptured", "As captured", expected ?? "The same bytes and headers. After 300 s a right receiver refuses them as too old.", true)}
          {choice("edited", "Edited", unsigned ?? "Change the body's text. It is signed afresh.", unsigned === undefined)}
        </fieldset>
        {how === "edited" && (
          <Field label="Body">
            {(attributes) => <textarea {...attributes} rows={12} spellcheck={false} value={text} onInput={(event) => setText(event.currentTarget.value)} />}
          </Field>
        )}
        <div class="buttons">
          <button type="button" onClick={onClose}>
            Cancel
          </button>
          <button type="submit" class="primary">
            Send
          </button>
        </div>
      </form>
    </Dialog>
  );
}
