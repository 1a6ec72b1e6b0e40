import { useState } from "preact/hooks";
import type { Tree } from "../../src/wire.js";

/** A payload has up to millions of members, of which the page makes few at a time. */
const MEMBERS_AT_A_TIME = 100;
const OPEN_LEVELS = 2;
const TEXT_AT_A_TIME = 2_000;

type Branch = Extract<Tree, { readonly kind: "object" | "array" }>;

/** A payload as its text has it: each number with its digits, a name that appears twice twice. */
export function TreeView({ tree }: { readonly tree: Tree }) {
  return (
    <div class="tree">
      <Node tree={tree} level={0} />
    </div>
  );
}

function Node({ name, tree, level }: { readonly name?: string; readonly tree: Tree; readonly level: number }) {
  if (tree.kind === "object" || tree.kind === "array") {
    return <BranchNode name={name} branch={tree} level={level} />;
  }
  return (
    <div class="leaf">
      <Name name={name} />
      <Leaf kind={tree.kind} text={tree.text} />
    </div>
  );
}

function BranchNode({ name, branch, level }: { readonly name: string | undefined; readonly branch: Branch; readonly level: number }) {
  const [open, setOpen] = useState(level < OPEN_LEVELS);
  const [shown, setShown] = useState(MEMBERS_AT_A_TIME);
  const members = membersOf(branch);
  return (
    <details open={open} onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>
        <Name name={name} />
        <span class="size">{branch.kind === "object" ? `{${members.length}}` : `[${members.length}]`}</span>
      </summary>
      {/* Only an open branch is in the page. */}
      {open && members.slice(0, shown).map(({ name, value }, index) => <Node key={index} name={name} tree={value} level={level + 1} />)}
      {open && shown < members.length && (
        <button type="button" class="quiet" onClick={() => setShown(shown + MEMBERS_AT_A_TIME)}>
          Show {Math.min(MEMBERS_AT_A_TIME, members.length - shown)} more of {members.length}
        </button>
      )}
    </details>
  );
}

function membersOf(branch: Branch): readonly { readonly name: string; readonly value: Tree }[] {
  return branch.kind === "object" ? branch.members : branch.items.map((value, index) => ({ name: String(index), value }));
}

function Name({ name }: { readonly name: string | undefined }) {
  return name === undefined ? null : (
    <>
      <bdi class="name">{name}</bdi>
      <span class="colon">: </span>
    </>
  );
}

function Leaf({ kind, text }: { readonly kind: "string" | "number" | "literal"; readonly text: string }) {
  const [whole, setWhole] = useState(false);
  const shown = whole ? text : text.slice(0, TEXT_AT_A_TIME);
  return (
    <>
      <bdi class={kind}>{kind === "string" ? JSON.stringify(shown) : shown}</bdi>
      {shown.length < text.length && (
        <button type="button" class="quiet" onClick={() => setWhole(true)}>
          Show all {text.length.toLocaleString("en")} characters
        </button>
      )}
    </>
  );
}
