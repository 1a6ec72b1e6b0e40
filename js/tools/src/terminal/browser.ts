import { spawn } from "node:child_process";

/** Opens one of our own pages in the user's browser. Returns whether a program for that was found. */
export async function openInBrowser(url: string): Promise<boolean> {
  const [program, ...rest] = opener();
  return new Promise((resolve) => {
    const child = spawn(program, [...rest, url], { stdio: "ignore", detached: true });
    child.once("error", () => resolve(false));
    child.once("spawn", () => resolve(true));
    child.unref();
  });
}

function opener(): readonly [program: string, ...rest: string[]] {
  switch (process.platform) {
    case "darwin":
      return ["open"];
    case "win32":
      return ["explorer.exe"];
    default:
      return ["xdg-open"];
  }
}
