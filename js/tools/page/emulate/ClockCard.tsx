import { useState } from "preact/hooks";
import type { MachineClock } from "../../src/emulator-machine.js";
import { write } from "../api.js";
import { attempt } from "../notice.js";
import { Field } from "../parts/Field.js";
import { Ours } from "../parts/Ours.js";
import { duration } from "../text.js";
import { allPauses, pauses } from "./retries.js";
import { emulatedNow, reload, setClock, settings, speed } from "./state.js";

const SPEEDS = [1, 10, 60, 600, 3_600];

/** The emulator's clock, which can be turned. */
export function ClockCard() {
  return (
    <section class="card" aria-labelledby="clock">
      <h2 id="clock">
        Clock <Ours />
      </h2>
      <p class="clock">
        <time dateTime={new Date(emulatedNow.value).toISOString()}>{new Date(emulatedNow.value).toLocaleString("en-CA", { hour12: false })}</time>
      </p>
      {settings.value !== undefined && (
        <>
          <p class="hint">Docutray tries again after {listed(pauses.value.map(duration))}. Turn the clock instead of waiting.</p>
          <Advance />
        </>
      )}
      <Speed />
    </section>
  );
}

function listed(words: readonly string[]): string {
  return new Intl.ListFormat("en-GB").format(words);
}

function Advance() {
  const all = allPauses.value;
  const steps = [...new Set([...pauses.value, all])];
  const [seconds, setSeconds] = useState(String(all));
  const advance = (event: Event) => {
    event.preventDefault();
    void attempt(async () => {
      setClock(await write<MachineClock>("POST", "/api/clock", { advance: Number(seconds) }));
      await reload();
      return `The clock went on by ${duration(Number(seconds))}.`;
    });
  };
  return (
    <form class="inline" onSubmit={advance}>
      <Field label="Advance by">
        {(attributes) => (
          <select {...attributes} value={seconds} onChange={(event) => setSeconds(event.currentTarget.value)}>
            {steps.map((step) => (
              <option key={step} value={String(step)}>
                {duration(step)}
                {step === all && " (all retries)"}
              </option>
            ))}
          </select>
        )}
      </Field>
      <button type="submit">Advance</button>
    </form>
  );
}

function Speed() {
  const change = (speed: number) =>
    void attempt(async () => {
      setClock(await write<MachineClock>("POST", "/api/clock", { speed }));
      return speed === 1 ? "The clock goes at its usual speed." : `The clock goes ${speed} times as fast.`;
    });
  const speeds = SPEEDS.includes(speed.value) ? SPEEDS : [...SPEEDS, speed.value].sort((one, other) => one - other);
  return (
    <Field label="Speed">
      {(attributes) => (
        <select {...attributes} value={String(speed.value)} onChange={(event) => change(Number(event.currentTarget.value))}>
          {speeds.map((speed) => (
            <option key={speed} value={String(speed)}>
              {speed === 1 ? "Real time" : `${speed} times as fast`}
            </option>
          ))}
        </select>
      )}
    </Field>
  );
}
