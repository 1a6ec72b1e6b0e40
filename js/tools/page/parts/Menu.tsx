import { useLayoutEffect, useRef, useState } from "preact/hooks";

interface Props {
  /** What the button says to those who cannot see it. */
  readonly label: string;
  readonly items: readonly { readonly label: string; readonly danger?: boolean; readonly choose: () => void }[];
}

/** The menu behind ⋯, moved through with arrow keys. */
export function Menu({ label, items }: Props) {
  const [open, setOpen] = useState(false);
  const opener = useRef<HTMLButtonElement>(null);
  const list = useRef<HTMLDivElement>(null);
  // Before the next key can be pressed.
  useLayoutEffect(() => {
    if (open) {
      choices(list.current)[0]?.focus();
    }
  }, [open]);

  const close = () => {
    setOpen(false);
    opener.current?.focus();
  };
  const move = (event: KeyboardEvent) => {
    const all = choices(list.current);
    const at = all.indexOf(document.activeElement as HTMLElement);
    const next = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: all.length - 1 }[event.key];
    if (next !== undefined) {
      event.preventDefault();
      all[(next + all.length) % all.length]?.focus();
    } else if (event.key === "Escape") {
      event.stopPropagation();
      close();
    }
  };
  const left = (event: FocusEvent) => {
    if (!(event.currentTarget as HTMLElement).contains(event.relatedTarget as Node | null)) {
      setOpen(false);
    }
  };
  return (
    <div class="menu" onFocusOut={left} onKeyDown={move}>
      <button ref={opener} type="button" class="quiet" aria-label={label} aria-haspopup="menu" aria-expanded={open} onClick={() => setOpen(!open)}>
        ⋯
      </button>
      {open && (
        <div ref={list} role="menu" aria-label={label}>
          {items.map(({ label, danger, choose }) => (
            <button key={label} type="button" role="menuitem" tabIndex={-1} class={danger === true ? "danger" : ""} onClick={() => (close(), choose())}>
              {label}
            </button>
          ))}
        </div>
      )}
    </div>
  );
}

function choices(list: HTMLElement | null): HTMLElement[] {
  return [...(list?.querySelectorAll<HTMLElement>("[role=menuitem]") ?? [])];
}
