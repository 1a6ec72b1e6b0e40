import { signal } from "@preact/signals";
import type { ComponentChildren } from "preact";
import { useId, useLayoutEffect, useRef } from "preact/hooks";
import { notice } from "../notice.js";
import { Notice } from "./Notice.js";

export const openDialogs = signal(0);

interface Props {
  readonly title: string;
  readonly onClose: () => void;
  readonly children: ComponentChildren;
}

/** A modal dialog. The browser keeps the focus in it and closes it with Escape. */
export function Dialog({ title, onClose, children }: Props) {
  const element = useRef<HTMLDialogElement>(null);
  const heading = useId();
  useLayoutEffect(() => {
    const dialog = element.current;
    // What was said before has nothing to do with it.
    notice.value = undefined;
    openDialogs.value += 1;
    const opener = document.activeElement;
    dialog?.showModal();
    return () => {
      openDialogs.value -= 1;
      dialog?.close();
      // The browser does that only for a dialog that is still in the page.
      if (opener instanceof HTMLElement) {
        opener.focus();
      }
    };
  }, []);
  const cancel = (event: Event) => {
    event.preventDefault();
    onClose();
  };
  return (
    <dialog ref={element} aria-labelledby={heading} onCancel={cancel}>
      <h2 id={heading}>{title}</h2>
      {children}
      <Notice />
    </dialog>
  );
}
