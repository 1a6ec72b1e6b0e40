import { lookup } from "node:dns/promises";
import type { LookupAddress } from "node:dns";
import { BlockList } from "node:net";
import { RequestFailure } from "./failure.js";

/** Where a request goes. */
export interface Target {
  readonly url: URL;
  /** The addresses of its host: only to them a connection may be made. */
  readonly addresses: readonly LookupAddress[];
}

const loopback = new BlockList();
loopback.addSubnet("127.0.0.0", 8, "ipv4");
loopback.addAddress("::1", "ipv6");

/**
 * Resolves the host of a URL. Without `allowRemote`, plain `http:` goes to this machine alone, because anybody on the way could read it.
 *
 * @throws {RequestFailure} `notAllowed` or `dns`.
 */
export async function targetOf(text: string, allowRemote: boolean): Promise<Target> {
  const fault = targetFault(text);
  if (fault !== undefined) {
    throw new RequestFailure("notAllowed", fault);
  }
  const url = new URL(text);
  const addresses = await addressesOf(url);
  if (url.protocol === "http:" && !allowRemote && !addresses.every(isLoopback)) {
    throw new RequestFailure("notAllowed", `plain http is sent to this machine only, and ${url.host} is another: use https, or allow it with --allow-remote`);
  }
  return { url, addresses };
}

/** Says why a text is no URL that a request can be sent to. */
export function targetFault(text: string): string | undefined {
  if (!URL.canParse(text)) {
    return "it is not a URL: it must begin with http:// or https:// and name a host";
  }
  const url = new URL(text);
  if (url.protocol !== "http:" && url.protocol !== "https:") {
    return "it must begin with http:// or https://";
  }
  return url.username === "" && url.password === "" ? undefined : "it must not contain a user name or a password";
}

async function addressesOf({ hostname }: URL): Promise<readonly LookupAddress[]> {
  const host = hostname.startsWith("[") ? hostname.slice(1, -1) : hostname;
  try {
    return await lookup(host, { all: true });
  } catch (error) {
    throw new RequestFailure("dns", `the name ${host} has no address`, error);
  }
}

function isLoopback({ address, family }: LookupAddress): boolean {
  return loopback.check(address, family === 6 ? "ipv6" : "ipv4");
}
