import { Fragment } from "preact";

/** Where a line may end in long words: after these. */
const ENDS = { event: /(?<=_)/, url: /(?<=[^/:]\/|[?&])/ } as const;

/** An event's name or a URL, which breaks where people expect it. It may be somebody else's text. */
export function Breaking({ kind, text }: { readonly kind: keyof typeof ENDS; readonly text: string }) {
  return (
    <bdi class={kind}>
      {text.split(ENDS[kind]).map((part, index) => (
        <Fragment key={index}>
          {index > 0 && <wbr />}
          {part}
        </Fragment>
      ))}
    </bdi>
  );
}
