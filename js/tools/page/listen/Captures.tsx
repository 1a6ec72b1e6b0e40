import { useEffect, useRef } from "preact/hooks";
import { Breaking } from "../parts/Breaking.js";
import { answerInShort, counted, timeOf } from "../text.js";
import type { CaptureSummary } from "../../src/wire.js";
import { captures, choose, chosen, currentId, filter, hasMore, isLoaded, move, settings, showMore } from "./state.js";
import { VERDICTS } from "./verdicts.js";

/** The newest captures. So many as fit on a screen or two are in the page; older ones come when asked for. */
export function Captures() {
  const { items, dropped } = captures.value;
  return (
    <section class="card captures" aria-labelledby="captures">
      <div class="heading">
        <h2 id="captures">Deliveries</h2>
        <label class="check">
          <input type="checkbox" checked={chosen.value === undefined} onChange={(event) => choose(event.currentTarget.checked ? undefined : currentId.value)} />
          Follow the newest
        </label>
      </div>
      {isLoaded.value && items.length === 0 && <Nothing />}
      {items.length > 0 && <List items={items} />}
      <p class="unseen" role="status">
        {items[0] !== undefined && spoken(items[0])}
      </p>
      {hasMore.value && (
        <button type="button" onClick={showMore}>
          Show older
        </button>
      )}
      {dropped > 0 && <p class="hint">{counted(dropped, "older delivery is", "older deliveries are")} no longer kept.</p>}
    </section>
  );
}

/** What a screen reader says when a delivery has come. */
function spoken({ receivedAt, explanation }: CaptureSummary): string {
  return `${explanation.event ?? "No event"}: ${VERDICTS[explanation.verdict].title}, at ${timeOf(receivedAt)}`;
}

function Nothing() {
  const isFiltered = Object.values(filter.value).some((value) => value !== "");
  return <p class="empty">{isFiltered ? "No delivery fits the filter." : `Waiting for deliveries${settings.value === undefined ? "" : ` to ${settings.value.receives}`}.`}</p>;
}

function List({ items }: { readonly items: readonly CaptureSummary[] }) {
  const list = useRef<HTMLUListElement>(null);
  // One option is always reachable with Tab.
  const current = items.find(({ id }) => id === currentId.value)?.id ?? items[0]?.id;
  const keys = (event: KeyboardEvent) => {
    const step = { ArrowDown: 1, ArrowUp: -1, Home: -items.length, End: items.length }[event.key];
    if (step !== undefined) {
      event.preventDefault();
      move(step);
    }
  };
  useEffect(() => {
    const option = list.current?.querySelector<HTMLElement>("[aria-selected=true]");
    option?.scrollIntoView({ block: "nearest" });
    if (list.current?.contains(document.activeElement) === true) {
      option?.focus();
    }
  }, [current]);
  return (
    <ul ref={list} role="listbox" aria-labelledby="captures" onKeyDown={keys}>
      {items.map((capture) => (
        <Row key={capture.id} capture={capture} isCurrent={capture.id === current} />
      ))}
    </ul>
  );
}

function Row({ capture, isCurrent }: { readonly capture: CaptureSummary; readonly isCurrent: boolean }) {
  const { id, receivedAt, explanation, answer, repeats } = capture;
  const { sign, title } = VERDICTS[explanation.verdict];
  return (
    <li role="option" aria-selected={isCurrent} tabIndex={isCurrent ? 0 : -1} onClick={() => choose(id)}>
      <span class={`state ${explanation.verdict}`} title={title}>
        <span aria-hidden="true">{sign}</span>
        <span class="unseen">{title}: </span>
      </span>
      <Breaking kind="event" text={explanation.event ?? "No event"} />
      <span class="status">{answer === undefined ? "…" : answerInShort(answer)}</span>
      <span class="why">
        {explanation.error?.code ?? title.toLowerCase()}
        {repeats !== undefined && ", repeated"}
      </span>
      <time dateTime={receivedAt}>{timeOf(receivedAt)}</time>
    </li>
  );
}
