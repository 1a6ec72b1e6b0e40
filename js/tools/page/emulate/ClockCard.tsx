import { useState } from "preact/hooks";
import type { MachineClock } from "../../src/emulator-machine.js";
import { write } from "../api.js";
import { attempt } from "../notice.js";
import { Field } from "../parts/Field.js";
import { Ours } from "../parts/Ours.js";
import { duration } from "../text.js";
import { emulatedNow, reload, setClock, speed } from "./state.js";

/** The time between Docutray's tries, and the whole of it. */
const STEPS = [30, 60, 300, 900, 3_600, 4_890];
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
      <p class="hint">Docutray tries again after 30 s, 1 min, 5 min, 15 min and 1 h. Turn the clock instead of waiting.</p>
      <Advance />
      <Speed />
    </section>
  );
}

function Advance() {
  const [seconds, setSeconds] = useState("4890");
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
            {STEPS.map((step) => (
              <option key={step} value={String(step)}>
                {step === 4_890 ? `${duration(step)} (all five retries)` : duration(step)}
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
