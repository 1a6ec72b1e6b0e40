import type { ComponentChildren } from "preact";
import { connection, unread } from "../live.js";
import { openDialogs } from "./Dialog.js";
import { Notice } from "./Notice.js";

interface Props {
  readonly title: string;
  /** What this program is, beside the title. */
  readonly role: string;
  readonly actions?: ComponentChildren;
  readonly children: ComponentChildren;
}

export function Page({ title, role, actions, children }: Props) {
  return (
    <>
      <header class="top">
        <span class="local">Local</span>
        <div class="names">
          <h1>{title}</h1>
          <p>{role}</p>
        </div>
        <Connection />
        {actions}
      </header>
      <main>{children}</main>
      <Notice isHidden={openDialogs.value > 0} />
    </>
  );
}

function Connection() {
  const state = connection.value === "live" && unread.value !== undefined ? "unread" : connection.value;
  const words = { connecting: "Connecting", live: "Live", unread: `Not up to date: ${unread.value}`, away: "Reconnecting" }[state];
  return (
    <p class={`connection ${state}`} role="status">
      {words}
    </p>
  );
}
