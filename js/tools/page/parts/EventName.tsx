import { Fragment } from "preact";

/** An event's name, which may break after each `_` and nowhere else. It may be a sender's text. */
export function EventName({ name }: { readonly name: string }) {
  return (
    <bdi class="event">
      {name.split(/(?<=_)/).map((part, index) => (
        <Fragment key={index}>
          {index > 0 && <wbr />}
          {part}
        </Fragment>
      ))}
    </bdi>
  );
}
