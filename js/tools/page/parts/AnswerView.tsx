import type { Answered } from "../../src/wire.js";
import { answerInShort, isSuccess, textOf } from "../text.js";
import { FieldsTable } from "./FieldsTable.js";

/** What an endpoint answered, or why nothing came. */
export function AnswerView({ answer }: { readonly answer: Answered }) {
  return (
    <div class="answer">
      <p>
        <strong class={isSuccess(answer) ? "good" : "bad"}>{answerInShort(answer)}</strong> after {Math.round(answer.milliseconds)} ms
        {"failure" in answer && <>: {answer.message}</>}
      </p>
      {"status" in answer && (
        <details>
          <summary>Answer's headers and body</summary>
          <FieldsTable fields={answer.headers} caption="Answer's headers" />
          <pre tabIndex={0} aria-label="Answer's body">
            {textOf(answer.body) ?? "(not UTF-8)"}
          </pre>
          {answer.bodyTruncated === true && <p class="hint">The rest of the body was not kept.</p>}
        </details>
      )}
    </div>
  );
}
