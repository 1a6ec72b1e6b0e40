// What the sender, the log and onDelivery are told by the frameworks' handlers: the same as by all receivers.
import { send } from "./deliveries.mjs";
import { HOSTS } from "./servers.mjs";
import { tellsNobodyTooMuch } from "./telling.mjs";

for (const [name, started] of Object.entries(HOSTS)) {
  tellsNobodyTooMuch(name, async (t, options, { method, headers, body }) => {
    const address = await started(t, options);
    return send(`${address}/hooks`, { method, headers, body: method === "GET" ? undefined : body });
  });
}
