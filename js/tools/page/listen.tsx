import "./style/listen.css";
import { render } from "preact";
import type { ListenerSettings } from "../src/wire.js";
import { read } from "./api.js";
import { CaptureDetail } from "./listen/CaptureDetail.js";
import { Captures } from "./listen/Captures.js";
import { Filter } from "./listen/Filter.js";
import { isShowingKeys, Keys, useKeys } from "./listen/Keys.js";
import { asking, SendCaptureAgain } from "./listen/SendCaptureAgain.js";
import { chosen, current, gone, reload, settings } from "./listen/state.js";
import { follow } from "./live.js";
import { complain } from "./notice.js";
import { Page } from "./parts/Page.js";

function Listen() {
  useKeys();
  const capture = current.value;
  return (
    <Page title="Deliveries" role={roleOf(settings.value)} actions={<KeysButton />}>
      <Filter />
      <div class="panes">
        <Captures />
        {capture !== undefined && <CaptureDetail key={capture.id} capture={capture} />}
        {capture === undefined && gone.value !== undefined && gone.value === chosen.value && <p class="card">This delivery is not kept, or no longer.</p>}
      </div>
      {asking.value !== undefined && <SendCaptureAgain capture={asking.value} />}
      {isShowingKeys.value && <Keys />}
    </Page>
  );
}

function KeysButton() {
  return (
    <button type="button" onClick={() => (isShowingKeys.value = true)}>
      Keys <kbd>?</kbd>
    </button>
  );
}

function roleOf(found: ListenerSettings | undefined): string {
  if (found === undefined) {
    return "On this machine.";
  }
  const { receives, forward } = found;
  return forward === undefined ? `Received at ${receives}.` : `Received at ${receives}, forwarded to ${forward}.`;
}

export function startListen(): void {
  render(<Listen />, document.body);
  follow(reload);
  read<ListenerSettings>("/api/settings").then((found) => (settings.value = found), complain);
}
