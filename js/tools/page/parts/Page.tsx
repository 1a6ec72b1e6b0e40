import type { ComponentChildren } from "preact";
import { connection } from "../live.js";
import { notice } from "../notice.js";

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
      <Notice />
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

/** Always in the page, since screen readers only read what changes in a region that was there before. */
function Notice() {
  const said = notice.value;
  return (
    <div class={said === undefined ? "notice" : `notice ${said.kind}`}>
      <p role="status">{said?.kind === "done" ? said.text : ""}</p>
      <p role="alert">{said?.kind === "failed" ? said.text : ""}</p>
      {said !== undefined && (
        <button type="button" class="quiet" aria-label="Dismiss the message" onClick={() => (notice.value = undefined)}>
          ×
        </button>
      )}
    </div>
  );
}
