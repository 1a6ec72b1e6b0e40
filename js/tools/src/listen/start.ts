import { page } from "../pages.js";
import { EventStream } from "../local/event-stream.js";
import { startLocalServer } from "../local/server.js";
import type { Capture, ListenerSettings } from "../wire.js";
import { Captures, type Kept } from "./captures.js";
import { inspectorRoutes } from "./inspector.js";
import { Listener, type Watcher } from "./listener.js";
import { openReceivingSocket, RECEIVING_LIMITS, type NoDelivery, type ReceivingLimits } from "./receiving-socket.js";
import { refusal } from "./refusal.js";
import { schemas } from "./schemas.js";
import { Script } from "./script.js";
import { leadsTo, type Settings } from "./settings.js";
import { misused } from "../exit.js";
import { Verification } from "./verification.js";

export const KEPT: Kept = { captures: 500, bytes: 64 * 1024 * 1024 };

export interface ListenerOptions {
  readonly settings: Settings;
  /** 0 for a free one. */
  readonly port: number;
  readonly inspectorPort: number;
  readonly watcher: Watcher & {
    refused(code: NoDelivery): void;
    failed(error: unknown): void;
  };
  readonly kept?: Kept;
  readonly limits?: ReceivingLimits;
}

export interface RunningListener {
  /** Where deliveries are received. */
  readonly url: string;
  /** Where the page and its API are. */
  readonly inspector: string;
  /** Sends the newest capture again, signed afresh. Returns `undefined` if there is none. @throws {ApiFault} */
  sendLastAgain(): Promise<Capture | undefined>;
  close(): Promise<void>;
}

/**
 * Opens both sockets.
 *
 * @throws {PortTaken}
 */
export async function startListener(options: ListenerOptions): Promise<RunningListener> {
  const { settings, watcher, kept = KEPT, limits = RECEIVING_LIMITS } = options;
  const stop = new AbortController();
  const stream = new EventStream();
  const captures = new Captures(kept);
  captures.onChanged(({ id }) => stream.send({ changed: [{ capture: id }] }));
  const script = new Script();
  const verification = new Verification(settings, () => socket.url);
  const listener = new Listener({ settings, verification, captures, script, watcher, signal: stop.signal });
  const socket = await openReceivingSocket({
    port: options.port,
    limits,
    receive: (arrived) => listener.receive(arrived),
    refuse: (code) => {
      watcher.refused(code);
      return refusal(code);
    },
    failed: (error) => {
      if (!stop.signal.aborted) {
        watcher.failed(error);
      }
      return { status: 500, headers: [], body: { text: "" } };
    },
  });
  try {
    refuseLoop(settings, socket.port);
    const inspector = await startLocalServer({
      port: options.inspectorPort,
      portOption: "--inspector-port",
      routes: inspectorRoutes({ listener, captures, script, settings: shown(settings, socket.url, kept) }),
      page: page("listen"),
      stream,
      title: "docutray-webhook listen",
      schemas,
    });
    return {
      url: socket.url,
      inspector: inspector.url,
      sendLastAgain: async () => {
        const last = captures.latest({});
        return last === undefined ? undefined : await listener.again(last, "signedAfresh");
      },
      close: async () => {
        stop.abort();
        await Promise.all([socket.close(), inspector.close()]);
      },
    };
  } catch (error) {
    await socket.close();
    throw error;
  }
}

/** What is forwarded to the listener itself would come again and again. */
function refuseLoop({ forward }: Settings, port: number): void {
  if (forward !== undefined && leadsTo(forward, port)) {
    throw misused("--forward leads to this listener itself: give the address of your own server");
  }
}

function shown({ url, forward, answer }: Settings, receives: string, kept: Kept): ListenerSettings {
  return {
    receives,
    ...(url !== undefined && { url }),
    ...(forward !== undefined && { forward: forward.href }),
    ...(answer !== undefined && { answer }),
    keeps: kept,
  };
}
