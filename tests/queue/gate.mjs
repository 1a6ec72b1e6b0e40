// Stands between a receiver and Redis, so that a test can stop the traffic at a certain command.
import { once } from "node:events";
import { connect, createServer } from "node:net";
import { atEnd } from "./ends.mjs";
import { soon } from "./patience.mjs";

/** Starts a gate to the Redis at `port` for a test. */
export async function startGate(t, port) {
  const gate = new Gate(port);
  const server = createServer((client) => gate.pass(client)).listen(0, "127.0.0.1");
  atEnd(t, () => {
    gate.close();
    server.close();
  });
  await once(server, "listening");
  gate.url = `redis://127.0.0.1:${server.address().port}`;
  return gate;
}

class Gate {
  url;
  #port;
  #sockets = new Set();
  #rule;

  constructor(port) {
    this.#port = port;
  }

  /**
   * From the next command with this text on, or the one after `after` others, the client gets no answers from Redis. Resolves when
   * Redis has executed that command.
   */
  keepsBackAnswer(text, after = 0) {
    return this.#at({ text, times: after + 1, isBroken: false });
  }

  /** Breaks the connection at the next command with this text, before it reaches Redis. Resolves when that has happened. */
  breaksAt(text) {
    return this.#at({ text, times: 1, isBroken: true });
  }

  #at(rule) {
    const happened = new Promise((resolve) => (this.#rule = { ...rule, happened: resolve }));
    return soon(happened, `a command with ${rule.text}`);
  }

  pass(client) {
    const server = connect(this.#port, "127.0.0.1");
    this.#join(client, server);
    this.#join(server, client);
    let commands = "";
    let keptBack;
    client.on("data", (command) => {
      commands += command.toString("latin1");
      const rule = this.#rule;
      if (rule === undefined || commands.split(rule.text).length <= rule.times) {
        server.write(command);
        return;
      }
      this.#rule = undefined;
      if (rule.isBroken) {
        client.destroy();
        rule.happened();
      } else {
        keptBack = rule;
        server.write(command);
      }
    });
    server.on("data", (answer) => (keptBack ? keptBack.happened() : client.write(answer)));
  }

  /** Ends each socket with the other. */
  #join(socket, other) {
    this.#sockets.add(socket);
    socket.on("error", () => {}).on("close", () => other.destroy());
  }

  close() {
    for (const socket of this.#sockets) {
      socket.destroy();
    }
  }
}
