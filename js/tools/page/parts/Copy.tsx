import { complain, say } from "../notice.js";

interface Props {
  readonly text: string;
  readonly label: string;
  /** What is said when it is done: `Secret copied.` */
  readonly done: string;
}

export function Copy({ text, label, done }: Props) {
  return (
    <button type="button" onClick={() => void copy(text, done)}>
      {label}
    </button>
  );
}

export async function copy(text: string, done: string): Promise<void> {
  try {
    await navigator.clipboard.writeText(text);
    say(done);
  } catch {
    complain("The browser did not allow copying. Select the text and copy it yourself.");
  }
}
