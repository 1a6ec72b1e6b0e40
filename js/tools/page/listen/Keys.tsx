import { signal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import { Dialog } from "../parts/Dialog.js";
import { copy } from "../parts/Copy.js";
import { DETAIL } from "./CaptureDetail.js";
import { curlCommand } from "./curl.js";
import { TEXT_FILTER } from "./Filter.js";
import { asking } from "./SendCaptureAgain.js";
import { move, current, settings } from "./state.js";

export const isShowingKeys = signal(false);
/** Single keys get in the way of those who speak to their computer, so they can be turned off. */
const areOn = signal(true);

const KEYS: readonly { readonly key: string; readonly does: string; readonly act: () => void }[] = [
  { key: "j", does: "next delivery", act: () => move(1) },
  { key: "k", does: "previous delivery", act: () => move(-1) },
  { key: "Enter", does: "go to the delivery's details", act: () => document.getElementById(DETAIL)?.focus() },
  { key: "r", does: "send it again", act: () => (asking.value = current.value) },
  { key: "/", does: "filter by text", act: () => document.getElementById(TEXT_FILTER)?.focus() },
  { key: "c", does: "copy it as a curl command", act: () => void copyCommand() },
  { key: "?", does: "show these keys", act: () => (isShowingKeys.value = true) },
];

export function useKeys(): void {
  useEffect(() => {
    document.addEventListener("keydown", press);
    return () => document.removeEventListener("keydown", press);
  }, []);
}

export function Keys() {
  const close = () => (isShowingKeys.value = false);
  return (
    <Dialog title="Keys" onClose={close}>
      <dl class="keys">
        {KEYS.map(({ key, does }) => (
          <div key={key}>
            <dt>
              <kbd>{key}</kbd>
            </dt>
            <dd>{does}</dd>
          </div>
        ))}
      </dl>
      <label class="check">
        <input type="checkbox" checked={areOn.value} onChange={(event) => (areOn.value = event.currentTarget.checked)} />
        Single keys are on
      </label>
      <div class="buttons">
        <button type="button" class="primary" autofocus onClick={close}>
          Close
        </button>
      </div>
    </Dialog>
  );
}

function press(event: KeyboardEvent): void {
  if (!areOn.value || event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented || isBusy(event)) {
    return;
  }
  const found = KEYS.find(({ key }) => key === event.key);
  if (found !== undefined) {
    event.preventDefault();
    found.act();
  }
}

/** Whether the key is for what has the focus: a dialog, a field, or Enter for a button. */
function isBusy({ key, target }: KeyboardEvent): boolean {
  if (!(target instanceof Element) || document.querySelector("dialog[open]") !== null) {
    return true;
  }
  if (target.matches("input:not([type=checkbox]), select, textarea")) {
    return true;
  }
  return key === "Enter" && target.matches("button, summary, input, a");
}

async function copyCommand(): Promise<void> {
  if (current.value !== undefined) {
    await copy(curlCommand(current.value, settings.value?.receives), "Copied as a curl command for a POSIX shell.");
  }
}
