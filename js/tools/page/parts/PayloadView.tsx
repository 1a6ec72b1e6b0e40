import { useEffect, useState } from "preact/hooks";
import type { Bytes, Tree } from "../../src/wire.js";
import { read } from "../api.js";
import { textOf } from "../text.js";
import { TreeView } from "./TreeView.js";

const TEXT_AT_A_TIME = 20_000;

/** A body as a tree, which the program reads from the raw bytes, and as the text that came. */
export function PayloadView({ body, treeAt }: { readonly body: Bytes; readonly treeAt: string }) {
  const [tree, setTree] = useState<Tree | string | undefined>(undefined);
  useEffect(() => {
    let isCurrent = true;
    const show = (found: Tree | string) => isCurrent && setTree(found);
    setTree(undefined);
    read<Tree>(treeAt).then(show, (error: Error) => show(error.message));
    return () => {
      isCurrent = false;
    };
  }, [treeAt]);
  return (
    <>
      {typeof tree === "string" && <p class="empty">No tree: {tree}</p>}
      {typeof tree === "object" && <TreeView key={treeAt} tree={tree} />}
      <details class="raw">
        <summary>{textOf(body) === undefined ? "As base64, since it is not UTF-8" : "As the text that was sent"}</summary>
        <RawText key={treeAt} body={body} />
      </details>
    </>
  );
}

function RawText({ body }: { readonly body: Bytes }) {
  const [whole, setWhole] = useState(false);
  const text = "text" in body ? body.text : body.base64;
  const shown = whole ? text : text.slice(0, TEXT_AT_A_TIME);
  return (
    <>
      <pre tabIndex={0} aria-label="Body">
        {shown}
      </pre>
      {shown.length < text.length && (
        <button type="button" class="quiet" onClick={() => setWhole(true)}>
          Show all {text.length.toLocaleString("en")} characters
        </button>
      )}
    </>
  );
}
