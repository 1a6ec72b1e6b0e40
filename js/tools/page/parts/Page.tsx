import type { ComponentChildren } from "preact";
import { connection } from "../live.js";
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
  const words = { connecting: "Connecting", live: "Live", away: "Reconnecting" }[connection.value];
  return (
    <p class={`connection ${connection.value}`} role="status">
      {words}
    </p>
  );
}
