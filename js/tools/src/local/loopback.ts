// A server for this machine alone.

import { once } from "node:events";
import type { Server } from "node:http";
import type { AddressInfo } from "node:net";

const ADDRESS = "127.0.0.1";

export interface Listening {
  /** With the number of the port and without a slash at its end. */
  readonly url: string;
  readonly port: number;
  /** Ends all connections. */
  close(): Promise<void>;
}

/** The port cannot be listened on. */
export class PortTaken extends Error {
  constructor(port: number, cause: NodeJS.ErrnoException, option: string) {
    const why = cause.code === "EADDRINUSE" ? "another program listens on it" : (cause.code ?? cause.message);
    super(`Port ${port} of ${ADDRESS} cannot be used: ${why}. Give another with ${option}, or ${option} 0 for a free one.`, { cause });
    this.name = "PortTaken";
  }
}

/**
 * Has a server listen on the loopback interface.
 *
 * @param wanted - The port, or 0 for a free one.
 * @param option - The command's option for the port.
 * @throws {PortTaken}
 */
export async function listenOnLoopback(server: Server, wanted: number, option = "--port"): Promise<Listening> {
  // By default Node shows about 1000 headers and drops those behind them. A check has to see all: the size of a head bounds them.
  server.maxHeadersCount = 0;
  server.listen(wanted, ADDRESS);
  try {
    await once(server, "listening");
  } catch (error) {
    throw new PortTaken(wanted, error as NodeJS.ErrnoException, option);
  }
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://${ADDRESS}:${port}`,
    port,
    close: async () => {
      const closed = once(server, "close");
      server.close();
      server.closeAllConnections();
      await closed;
    },
  };
}
