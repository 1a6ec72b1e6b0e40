import { AnswerView } from "../parts/AnswerView.js";
import { Copy } from "../parts/Copy.js";
import { Breaking } from "../parts/Breaking.js";
import { FieldsTable } from "../parts/FieldsTable.js";
import { PayloadView } from "../parts/PayloadView.js";
import { bytesInShort, timeOf } from "../text.js";
import type { CaptureDetail as Capture } from "../../src/wire.js";
import { curlCommand } from "./curl.js";
import { Pipeline } from "./Pipeline.js";
import { asking } from "./SendCaptureAgain.js";
import { choose, pathOf, settings } from "./state.js";
import { VERDICTS } from "./verdicts.js";

export const DETAIL = "delivery";

const ANSWERED_BY = { listener: "by the listener", forward: "by your server", script: "by a script" } as const;
const HOW = { asCaptured: "as it was captured", signedAfresh: "signed afresh", edited: "edited and signed afresh" } as const;

export function CaptureDetail({ capture }: { readonly capture: Capture }) {
  const { id, receivedAt, method, target, headers, body, bodyTruncated, bytes, explanation, repeats, again, answer, answeredBy } = capture;
  const { sign, title } = VERDICTS[explanation.verdict];
  return (
    <section class="card detail" aria-labelledby={DETAIL}>
      <div class="heading">
        <h2 id={DETAIL} tabIndex={-1}>
          <Breaking kind="event" text={explanation.event ?? "No event"} />{" "}
          <span class={`state ${explanation.verdict}`}>
            {sign} {title}
          </span>
        </h2>
        <div class="buttons">
          <Copy text={curlCommand(capture, settings.value?.receives)} label="Copy as curl" done="Copied as a curl command for a POSIX shell." />
          <button type="button" class="primary" onClick={() => (asking.value = capture)}>
            Send again
          </button>
        </div>
      </div>
      <p class="hint">
        {timeOf(receivedAt)} · <bdi>{method}</bdi> <bdi class="url">{target}</bdi> · {bytesInShort(bytes)}
        {explanation.requestId !== undefined && <> · request id {explanation.requestId}</>}
      </p>
      {again !== undefined && (
        <p>
          Sent again, {HOW[again.how]}.{" "}
          <button type="button" onClick={() => choose(again.of)}>
            Show what it was made from
          </button>
        </p>
      )}
      {repeats !== undefined && (
        <p>
          The same event came before.{" "}
          <button type="button" onClick={() => choose(repeats)}>
            Show the one before
          </button>
        </p>
      )}
      <Pipeline explanation={explanation} />
      <h3>Answer {answer !== undefined && <small>{ANSWERED_BY[answeredBy]}</small>}</h3>
      {answer === undefined ? <p>Not answered yet.</p> : <AnswerView answer={answer} />}
      <h3>Headers</h3>
      <FieldsTable fields={headers} caption="Headers, as they came" />
      <h3>Payload</h3>
      {bodyTruncated === true && <p class="fault">The body was over the limit. Only its beginning was kept.</p>}
      <PayloadView body={body} treeAt={`${pathOf(id)}/tree`} />
    </section>
  );
}
