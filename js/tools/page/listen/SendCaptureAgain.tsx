import { signal } from "@preact/signals";
import { useEffect, useState } from "preact/hooks";
import { read, write } from "../api.js";
import { attempt, complain } from "../notice.js";
import { type Again, SendAgain } from "../parts/SendAgain.js";
import type { Capture, CaptureDetail, RightAnswer } from "../../src/wire.js";
import { choose, pathOf, reload, settings } from "./state.js";

/** The capture that the dialog is about, while it is open. */
export const asking = signal<CaptureDetail | undefined>(undefined);

/** Sends to the developer's server. What came of it is a capture of its own, which is then shown. */
export function SendCaptureAgain({ capture }: { readonly capture: CaptureDetail }) {
  const [replay, setReplay] = useState<RightAnswer | undefined>(undefined);
  // The capture was read when it was answered. Its timestamp may have become too old since.
  useEffect(() => {
    read<CaptureDetail>(pathOf(capture.id)).then((now) => setReplay(now.replay), complain);
  }, []);
  const close = () => (asking.value = undefined);
  const send = (again: Again) =>
    attempt(async () => {
      const sent = await write<Capture>("POST", `${pathOf(capture.id)}/again`, again);
      close();
      choose(sent.id);
      await reload();
      return "Sent again.";
    });
  return <SendAgain body={capture.body} to={settings.value?.forward} expected={expectation(replay)} onSend={send} onClose={close} />;
}

function expectation(replay: RightAnswer | undefined): string | undefined {
  if (replay === undefined) {
    return undefined;
  }
  const { status, code } = replay;
  return `The same bytes and headers. A right receiver now answers ${status}${code === undefined ? "" : `, ${code}`}.`;
}
