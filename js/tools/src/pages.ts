import { decompressed } from "./decompressed.js";
import { compressed } from "./generated/pages.js";

/** The files of a page. */
export interface Page {
  readonly html: string;
  readonly script: string;
  readonly style: string;
}

export function page(name: "emulate" | "listen"): Page {
  const pages = JSON.parse(decompressed(compressed).toString("utf8")) as Readonly<Record<"emulate" | "listen", Page>>;
  return pages[name];
}
