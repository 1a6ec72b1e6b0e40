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
  /** Where it goes. */
  readonly to?: string | undefined;
  readonly onSend: (again: Again) => unknown;
  readonly onClose: () => void;
}

/** Asks how to send a delivery again. Enter sends it signed afresh. */
export function SendAgain({ body, expected, to, onSend, onClose }: Props) {
  const [how, setHow] = useState<Again["how"]>("signedAfresh");
  const [text, setText] = useState("text" in body ? body.text : "");
  const send = (event: Event) => {
    event.preventDefault();
    onSend(how === "edited" ? { how, body: { text } } : { how });
  };
  const choice = (value: Again["how"], label: string, hint: string) => (
    <label class="check choice">
      <input type="radio" name="how" autofocus={how === value} checked={how === value} onChange={() => setHow(value)} />
      <span>
        {label}
        <span class="hint">{hint}</span>
      </span>
    </label>
  );
  return (
    <Dialog title="Send again" onClose={onClose}>
      {to !== undefined && (
        <p>
          To <bdi class="url">{to}</bdi>
        </p>
      )}
      <form onSubmit={send}>
        <fieldset>
          <legend>How</legend>
          {choice("signedAfresh", "Signed afresh", "The same body with a new request id, time and signatures.")}
          {choice("asCaptured", "As captured", expected ?? "The same bytes and headers. After 300 s a right receiver refuses them as too old.")}
          {choice("edited", "Edited", "Change the body's text. It is signed afresh.")}
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
