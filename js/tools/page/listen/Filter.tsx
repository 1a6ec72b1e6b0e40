import { EVENTS } from "../../src/event-names.js";
import { AnyOf } from "../parts/AnyOf.js";
import { filter, narrow } from "./state.js";
import { VERDICTS } from "./verdicts.js";

export const TEXT_FILTER = "filter-text";

export function Filter() {
  const { event, verdict, text } = filter.value;
  return (
    <search class="filter card">
      <AnyOf label="Event" value={event} choices={EVENTS.map((name) => ({ value: name, title: name }))} onChange={(event) => narrow({ event })} />
      <AnyOf
        label="Verdict"
        value={verdict}
        choices={Object.entries(VERDICTS).map(([value, { title }]) => ({ value, title }))}
        onChange={(verdict) => narrow({ verdict })}
      />
      <div class="field">
        <label for={TEXT_FILTER}>Text</label>
        <input id={TEXT_FILTER} type="search" value={text} onInput={(change) => narrow({ text: change.currentTarget.value })} />
      </div>
    </search>
  );
}
