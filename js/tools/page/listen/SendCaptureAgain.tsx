import { signal } from "@preact/signals";
import { write } from "../api.js";
import { attempt } from "../notice.js";
import { type Again, SendAgain } from "../parts/SendAgain.js";
import type { Capture, CaptureDetail } from "../../src/wire.js";
import { choose, pathOf, reload, settings } from "./state.js";

/** Whether the dialog is open. */
export const asking = signal(false);

/** Sends to the developer's server. What came of it is a capture of its own, which is then shown. */
export function SendCaptureAgain({ capture }: { readonly capture: CaptureDetail }) {
  const close = () => (asking.value = false);
  const send = (again: Again) =>
    attempt(async () => {
      const sent = await write<Capture>("POST", `${pathOf(capture.id)}/again`, again);
      close();
      choose(sent.id);
      await reload();
      return "Sent again.";
    });
  return <SendAgain body={capture.body} to={settings.value?.forward} expected={expectation(capture)} onSend={send} onClose={close} />;
}

function expectation({ replay }: CaptureDetail): string | undefined {
  if (replay === undefined) {
    return undefined;
  }
  const { status, code } = replay;
  return `The same bytes and headers. A right receiver now answers ${status}${code === undefined ? "" : `, ${code}`}.`;
}
