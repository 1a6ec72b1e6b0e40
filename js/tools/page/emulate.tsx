import "./style/emulate.css";
import { render } from "preact";
import { ClockCard } from "./emulate/ClockCard.js";
import { Deliveries } from "./emulate/Deliveries.js";
import { Origins } from "./emulate/Origins.js";
import { Script } from "./emulate/Script.js";
import { readStart, reload, tick } from "./emulate/state.js";
import { Trigger } from "./emulate/Trigger.js";
import { Webhooks } from "./emulate/Webhooks.js";
import { follow } from "./live.js";
import { complain } from "./notice.js";
import { Page } from "./parts/Page.js";

function Emulate() {
  return (
    <Page title="Docutray, emulated" role="On this machine. Not Docutray: no document is processed, no account is used.">
      <div class="columns">
        <div>
          <Webhooks />
          <Trigger />
          <ClockCard />
          <Script />
        </div>
        <div>
          <Deliveries />
          <Origins />
        </div>
      </div>
    </Page>
  );
}

export function startEmulate(): void {
  render(<Emulate />, document.body);
  follow(reload);
  readStart().catch(complain);
  setInterval(tick, 1_000);
}
