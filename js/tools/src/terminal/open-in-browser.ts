import { spawn } from "node:child_process";

/** Opens a page of this machine in the user's browser. Nothing happens where there is none. */
export function openInBrowser(url: string): void {
  const [program, ...parameters] = opener();
  const child = spawn(program, [...parameters, url], { stdio: "ignore", detached: true });
  child.on("error", () => {});
  child.unref();
}

function opener(): readonly [string, ...string[]] {
  switch (process.platform) {
    case "darwin":
      return ["open"];
    case "win32":
      return ["rundll32", "url.dll,FileProtocolHandler"];
    default:
      return ["xdg-open"];
  }
}
