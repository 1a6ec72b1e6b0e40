// Reads a Worker's heap through workerd's inspector, since the Worker cannot read it itself.
import { once } from "node:events";

/**
 * Returns what a Worker's heap holds after a garbage collection, in bytes: objects, the host's data for them, and buffers.
 * workerd collects garbage when it serves the next request, which `serve` sends.
 */
export async function heapBytes(port, serve) {
  const [{ webSocketDebuggerUrl }] = await (await fetch(`http://127.0.0.1:${port}/json`)).json();
  const socket = new WebSocket(webSocketDebuggerUrl);
  await once(socket, "open");
  try {
    let isCollected = false;
    const collected = told(socket, "HeapProfiler.collectGarbage").then(() => (isCollected = true));
    while (!isCollected) {
      await Promise.race([collected, serve()]);
    }
    const { usedSize, embedderHeapUsedSize, backingStorageSize } = await told(socket, "Runtime.getHeapUsage");
    return usedSize + embedderHeapUsedSize + backingStorageSize;
  } finally {
    socket.close();
  }
}

let asked = 0;

function told(socket, method) {
  asked += 1;
  const id = asked;
  const answered = new Promise((resolve) => {
    socket.addEventListener("message", ({ data }) => {
      const message = JSON.parse(data);
      if (message.id === id) {
        resolve(message.result);
      }
    });
  });
  socket.send(JSON.stringify({ id, method }));
  return answered;
}
