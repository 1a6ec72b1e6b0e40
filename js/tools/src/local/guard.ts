// Every website that a developer visits can send requests to this server. What tells them apart are headers that a browser
// sets and a script cannot: Host, Origin and Sec-Fetch-Site.

import type { IncomingMessage } from "node:http";
import { ApiFault } from "./route.js";

const LOOPBACK_NAMES = ["127.0.0.1", "localhost", "[::1]"];
/** A page of this server, or the user's own act, such as a typed address. */
const OWN_SITES = ["same-origin", "none"];

/**
 * Refuses a request under a name that is not of the loopback interface. A website whose name was made to point here (DNS rebinding)
 * sends its own name. Any port is fine: a forwarded port may have another number.
 *
 * @throws {ApiFault} `foreign_host`.
 */
export function checkHost(request: IncomingMessage): void {
  const name = /^(\[[^\]]*\]|[^:]*)(?::\d{1,5})?$/.exec(only(request, "host") ?? "")?.[1]?.toLowerCase();
  if (name === undefined || !LOOPBACK_NAMES.includes(name)) {
    throw new ApiFault(403, "foreign_host", "The header Host must be 127.0.0.1 or localhost: this server is for this machine alone.", "host");
  }
}

/**
 * Refuses what a page of another origin has sent. Programs send neither header.
 *
 * @throws {ApiFault} `foreign_origin`.
 */
export function checkOrigin(request: IncomingMessage): void {
  const origin = only(request, "origin");
  if (origin !== undefined && origin !== `http://${only(request, "host")}`) {
    throw foreign("origin");
  }
  const site = only(request, "sec-fetch-site");
  if (site !== undefined && !OWN_SITES.includes(site)) {
    throw foreign("sec-fetch-site");
  }
}

/**
 * Refuses a body that is not declared as JSON. A page of another origin can send forms and `text/plain` without asking, and JSON only
 * after a preflight request, which this server never grants.
 *
 * @throws {ApiFault} `unsupported_media_type`.
 */
export function checkContentType(request: IncomingMessage): void {
  const [type = ""] = (only(request, "content-type") ?? "").split(";");
  if (type.trim().toLowerCase() !== "application/json") {
    throw new ApiFault(415, "unsupported_media_type", "Send the header Content-Type: application/json, also without a body.", "content-type");
  }
  if (only(request, "content-encoding") !== undefined) {
    throw new ApiFault(415, "unsupported_media_type", "Send the body without Content-Encoding.", "content-encoding");
  }
}

function foreign(field: string): ApiFault {
  return new ApiFault(403, "foreign_origin", "Only pages of this server and programs on this machine may call the API.", field);
}

/**
 * Returns the header's only value. Node joins or drops the values of a repeated header, so a second one could go unseen.
 *
 * @throws {ApiFault} `duplicate_header`.
 */
function only({ rawHeaders }: IncomingMessage, name: string): string | undefined {
  const values = rawHeaders.filter((_, index) => index % 2 === 1 && rawHeaders[index - 1]?.toLowerCase() === name);
  if (values.length > 1) {
    throw new ApiFault(400, "duplicate_header", `The header ${name} is there more than once.`, name);
  }
  return values[0];
}
