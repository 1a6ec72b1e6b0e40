// Checks every link and anchor in all pages of the site. Does not follow links to other sites: they may be away for a while.
import { existsSync } from "node:fs";
import { join } from "node:path";
import { LinkChecker } from "linkinator";

const [site, published] = process.argv.slice(2);
/** rustdoc's script selects lines of a source file, which are not anchors. linkinator decodes the names of its other anchors. */
const OF_RUSTDOC = /\/src\/.*\.html#\d+(-\d+)?$|#impl-[^#]*[<%]/;
/** A relative link in the documentation of `tracing`, which rustdoc repeats where a type has that crate's traits. */
const OF_TRACING = /\/dispatcher\/?(#.*)?$/;

const { links } = await new LinkChecker().check({
  path: "**/*.html",
  serverRoot: site,
  checkFragments: true,
  linksToSkip: async (link) => !link.startsWith("http://localhost:") || OF_TRACING.test(link),
});

/** Whether a link is dead. A link to the published site leads to a file of this one. */
function isDead({ url, state }) {
  if (url.startsWith(published)) {
    const [path] = url.slice(published.length).split("#");
    return !existsSync(join(site, path, path.endsWith(".html") ? "" : "index.html"));
  }
  return state === "BROKEN" && !OF_RUSTDOC.test(url);
}

const dead = links.filter(isDead);
for (const { url, parent, status } of dead) {
  console.error(`${parent} links to ${url} (${status})`);
}
const checked = links.filter(({ state }) => state === "OK").length;
console.log(`${checked} links`);
process.exit(dead.length > 0 || checked === 0 ? 1 : 0);
