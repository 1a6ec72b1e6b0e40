import { EVENTS } from "../event-names.js";
import { Field } from "../parts/Field.js";
import { filter, narrow } from "./state.js";
import { VERDICTS } from "./verdicts.js";

export const TEXT_FILTER = "filter-text";

export function Filter() {
  const { event, verdict, text } = filter.value;
  return (
    <search class="filter card">
      <Field label="Event">
        {(attributes) => (
          <select {...attributes} value={event} onChange={(change) => narrow({ event: change.currentTarget.value })}>
            <option value="">Any</option>
            {EVENTS.map((name) => (
              <option key={name}>{name}</option>
            ))}
          </select>
        )}
      </Field>
      <Field label="Verdict">
        {(attributes) => (
          <select {...attributes} value={verdict} onChange={(change) => narrow({ verdict: change.currentTarget.value })}>
            <option value="">Any</option>
            {Object.entries(VERDICTS).map(([name, { title }]) => (
              <option key={name} value={name}>
                {title}
              </option>
            ))}
          </select>
        )}
      </Field>
      <div class="field">
        <label for={TEXT_FILTER}>Text</label>
        <input id={TEXT_FILTER} type="search" value={text} onInput={(change) => narrow({ text: change.currentTarget.value })} />
      </div>
    </search>
  );
}
