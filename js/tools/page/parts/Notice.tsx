import { notice } from "../notice.js";

/**
 * What the page says last. It is there before it has something to say, since screen readers only read what changes in a region that they
 * know. While a dialog is open, all else is out of reach for them, so each dialog has one of its own.
 */
export function Notice({ isHidden = false }: { readonly isHidden?: boolean }) {
  const said = isHidden ? undefined : notice.value;
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
