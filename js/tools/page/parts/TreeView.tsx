import { useState } from "preact/hooks";
import type { Tree } from "../../src/wire.js";
import { counted } from "../text.js";

/** A payload has up to millions of members, of which the page makes few at a time. */
const MEMBERS_AT_A_TIME = 100;
const OPEN_LEVELS = 2;
const TEXT_AT_A_TIME = 2_000;

type Branch = Extract<Tree, { readonly kind: "object" | "array" }>;
type Leaf = Exclude<Tree, Branch>;

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
      <LeafValue leaf={tree} />
    </div>
  );
}

function BranchNode({ name, branch, level }: { readonly name: string | undefined; readonly branch: Branch; readonly level: number }) {
  const [open, setOpen] = useState(level < OPEN_LEVELS);
  const [shown, setShown] = useState(MEMBERS_AT_A_TIME);
  const members = membersOf(branch);
  const { omitted = 0 } = branch;
  const size = members.length + omitted;
  return (
    <details open={open} onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>
        <Name name={name} />
        <span class="size">{branch.kind === "object" ? `{${size}}` : `[${size}]`}</span>
      </summary>
      {/* Only an open branch is in the page. */}
      {open && members.slice(0, shown).map(({ name, value }, index) => <Node key={index} name={name} tree={value} level={level + 1} />)}
      {open && shown < members.length && (
        <button type="button" class="quiet" onClick={() => setShown(shown + MEMBERS_AT_A_TIME)}>
          Show {Math.min(MEMBERS_AT_A_TIME, members.length - shown)} more of {size.toLocaleString("en")}
        </button>
      )}
      {open && <Omitted count={omitted} one="more is" many="more are" />}
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

function LeafValue({ leaf }: { readonly leaf: Leaf }) {
  const [whole, setWhole] = useState(false);
  const { kind, text } = leaf;
  const omitted = leaf.kind === "literal" ? 0 : (leaf.omitted ?? 0);
  const shown = whole ? text : text.slice(0, TEXT_AT_A_TIME);
  return (
    <>
      <bdi class={kind}>{kind === "string" ? JSON.stringify(shown) : shown}</bdi>
      {shown.length < text.length && (
        <button type="button" class="quiet" onClick={() => setWhole(true)}>
          Show {omitted > 0 ? "" : "all "}
          {text.length.toLocaleString("en")} characters
        </button>
      )}
      <Omitted count={omitted} one="more byte is" many="more bytes are" />
    </>
  );
}

/** What the program has left out, so that nobody takes a part for the whole. */
function Omitted({ count, one, many }: { readonly count: number; readonly one: string; readonly many: string }) {
  return count === 0 ? null : (
    <p class="hint">… {counted(count, one, many)} not shown: see the text that was sent.</p>
  );
}
