import { emitKeypressEvents } from "node:readline";
import type { ReadStream } from "node:tty";

interface Key {
  readonly name?: string;
  readonly ctrl?: boolean;
}

/** Calls the listener with each key. Returns what ends that and gives the terminal back as it was. */
export function listenForKeys(input: ReadStream, listener: (key: string) => void): () => void {
  const pressed = (character: string | undefined, { name, ctrl }: Key) => {
    if (ctrl === true && name === "c") {
      // Without line editing the terminal sends no signal.
      process.emit("SIGINT");
    } else if (name === "return" || name === "enter") {
      listener("Enter");
    } else if (character !== undefined) {
      listener(character);
    }
  };
  const end = () => {
    input.off("keypress", pressed);
    process.off("exit", end);
    input.setRawMode(false);
    input.pause();
  };
  emitKeypressEvents(input);
  input.setRawMode(true);
  input.on("keypress", pressed);
  input.resume();
  // A process that exits by itself must not leave the shell without echo.
  process.on("exit", end);
  return end;
}
