/** What is easily mistaken in a URL, for people. `url` is signed, `to` is where the request goes. */
export function hintsOn(url: string, to: string): readonly string[] {
  const hints = [];
  if (url !== to && withoutSlash(url) === withoutSlash(to)) {
    hints.push("the two URLs differ only in the slash at the end, and the signature covers it: register and configure the same text");
  } else if (new URL(url).pathname === "/" && !url.includes("/", url.indexOf("//") + 2)) {
    hints.push(`${url} is signed as it is written, without a slash at its end: a receiver must have the same text`);
  }
  if ([url, to].some((each) => each.includes("?") && !each.includes("&"))) {
    hints.push("if the URL has more parameters, put it in quotes: a shell ends a command at an &");
  }
  return hints;
}

function withoutSlash(url: string): string {
  return url.replace(/\/$/, "");
}
