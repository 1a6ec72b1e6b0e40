// Runs programs that listen, for as long as they are needed.
import { spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";

/**
 * Starts a program and waits until `listening` matches a line of its output, whose last group is its port. It ends when it is
 * killed, and at the latest with this process.
 */
export async function serving(command, args, { listening, ...options }) {
  const child = spawn(command, args, { ...options, stdio: ["ignore", "pipe", "inherit"] });
  const ended = once(child, "exit");
  const killNow = () => child.kill("SIGKILL");
  process.once("exit", killNow);
  async function kill() {
    process.off("exit", killNow);
    killNow();
    await ended;
  }
  for await (const line of createInterface(child.stdout)) {
    const port = listening.exec(line)?.at(-1);
    if (port !== undefined) {
      child.stdout.resume();
      return { address: `http://127.0.0.1:${port}`, kill };
    }
  }
  await kill();
  throw new Error(`${command} ended before it listened; it wrote why`);
}
