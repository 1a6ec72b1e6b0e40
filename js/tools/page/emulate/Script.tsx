import { useState } from "preact/hooks";
import { write } from "../api.js";
import { attempt } from "../notice.js";
import { Field } from "../parts/Field.js";
import { Ours } from "../parts/Ours.js";
import { counted } from "../text.js";

const ANSWERS = [
  { answer: 500, title: "500: the endpoint fails" },
  { answer: 503, title: "503: the endpoint is busy" },
  { answer: 200, title: "200: the endpoint accepts" },
  { answer: "hang", title: "No answer within 30 s" },
  { answer: "reset", title: "The connection breaks" },
] as const;

/** Puts answers in the place of the endpoint's, to see what follows. */
export function Script() {
  const [chosen, setChosen] = useState(0);
  const [count, setCount] = useState(1);
  const [isDelivered, setDelivered] = useState(false);
  const script = (event: Event) => {
    event.preventDefault();
    void attempt(async () => {
      const one = { answer: ANSWERS[chosen]?.answer, delivered: isDelivered };
      await write("POST", "/api/answers", { answers: Array.from({ length: count }, () => one) });
      return `The next ${counted(count, "try", "tries")} will end so.`;
    });
  };
  return (
    <section class="card" aria-labelledby="script">
      <h2 id="script">
        Next answers <Ours />
      </h2>
      <form onSubmit={script}>
        <Field label="Answer">
          {(attributes) => (
            <select {...attributes} value={String(chosen)} onChange={(event) => setChosen(Number(event.currentTarget.value))}>
              {ANSWERS.map(({ title }, index) => (
                <option key={title} value={String(index)}>
                  {title}
                </option>
              ))}
            </select>
          )}
        </Field>
        <Field label="For how many tries">
          {(attributes) => (
            <input {...attributes} type="number" min={1} max={20} value={count} onInput={(event) => setCount(event.currentTarget.valueAsNumber || 1)} />
          )}
        </Field>
        <label class="check">
          <input type="checkbox" checked={isDelivered} onChange={(event) => setDelivered(event.currentTarget.checked)} />
          The endpoint still gets the delivery, and its answer is lost
        </label>
        <div class="buttons">
          <button type="submit">Set the next answers</button>
        </div>
      </form>
    </section>
  );
}
