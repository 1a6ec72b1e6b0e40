import type { DeliveryState, DeliverySummary } from "../../src/wire.js";
import { EVENTS } from "../../src/event-names.js";
import { AnyOf } from "../parts/AnyOf.js";
import { Breaking } from "../parts/Breaking.js";
import { Field } from "../parts/Field.js";
import { answerInShort, counted, timeOf, until } from "../text.js";
import { DeliveryDetail } from "./DeliveryDetail.js";
import { deliveries, emulatedNow, filter, hasMore, isLoaded, narrow, opened, openDelivery, openId, showMore } from "./state.js";

export const STATES: Readonly<Record<DeliveryState, { readonly sign: string; readonly title: string }>> = {
  sending: { sign: "→", title: "Sending" },
  waiting: { sign: "…", title: "Waiting for its next try" },
  delivered: { sign: "✓", title: "Delivered" },
  givenUp: { sign: "✗", title: "Given up" },
};

export function Deliveries() {
  const { items, dropped } = deliveries.value;
  return (
    <section class="card" aria-labelledby="deliveries">
      <h2 id="deliveries">Deliveries</h2>
      <Filter />
      {isLoaded.value && items.length === 0 && <p class="empty">{isFiltered() ? "No delivery fits the filter." : "Nothing was sent yet."}</p>}
      <ul class="deliveries">
        {items.map((delivery) => (
          <Row key={delivery.id} delivery={delivery} />
        ))}
      </ul>
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

/** What a screen reader says when the newest delivery changes. */
function spoken({ event, state, attempts }: DeliverySummary): string {
  return `${event}: ${STATES[state].title}, try ${attempts.length}`;
}

function isFiltered(): boolean {
  return Object.values(filter.value).some((value) => value !== "");
}

function Filter() {
  const { event, state, text } = filter.value;
  return (
    <search class="filter">
      <AnyOf label="Event" value={event} choices={EVENTS.map((name) => ({ value: name, title: name }))} onChange={(event) => narrow({ event })} />
      <AnyOf
        label="State"
        value={state}
        choices={Object.entries(STATES).map(([value, { title }]) => ({ value, title }))}
        onChange={(state) => narrow({ state: state as DeliveryState | "" })}
      />
      <Field label="Text">
        {(attributes) => <input {...attributes} type="search" value={text} onInput={(change) => narrow({ text: change.currentTarget.value })} />}
      </Field>
    </search>
  );
}

function Row({ delivery }: { readonly delivery: DeliverySummary }) {
  const { id, event, url, state, attempts, createdAt, nextAttemptAt } = delivery;
  const isOpen = openId.value === id;
  const last = attempts.at(-1)?.answer;
  return (
    <li>
      <button type="button" class="row" aria-expanded={isOpen} onClick={() => openDelivery(isOpen ? undefined : id)}>
        <span class={`state ${state}`} title={STATES[state].title}>
          <span aria-hidden="true">{STATES[state].sign}</span>
          <span class="unseen">{STATES[state].title}: </span>
        </span>
        <Breaking kind="event" text={event} />
        <span class="status">
          {last !== undefined && answerInShort(last)} {attempts.length > 1 && <small>try {attempts.length}</small>}
        </span>
        <Breaking kind="url" text={url} />
        <span class="when">
          {timeOf(createdAt, new Date(emulatedNow.value))}
          {nextAttemptAt !== undefined && <>, next try {until(nextAttemptAt, emulatedNow.value)}</>}
        </span>
      </button>
      {isOpen && opened.value?.id === id && <DeliveryDetail delivery={opened.value} />}
    </li>
  );
}
