import { signal } from "@preact/signals";
import type { Capture } from "../../src/wire.js";
import { write } from "../api.js";
import { attempt } from "../notice.js";
import { type Again, SendAgain } from "../parts/SendAgain.js";

import { reload, settings } from "./state.js";

/** Whether the dialog is open. */
export const asking = signal(false);

export function SendCaptureAgain({ capture }: { readonly capture: Capture }) {
  const close = () => (asking.value = false);
  const send = (again: Again) =>
    attempt(async () => {
      await write("POST", `/api/captures/${encodeURIComponent(capture.id)}/again`, again);
      close();
      await reload();
      return "Sent again.";
    });
  return <SendAgain body={capture.body} unsigned={settings.value?.hasSecret === false ? "Start the listener with its secret to sign." : undefined} onSend={send} onClose={close} />;
}
