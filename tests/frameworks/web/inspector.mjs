// What workerd's inspector tells of a Worker, which cannot ask for it itself.
import { once } from "node:events";

/**
 * What a Worker's heap holds after garbage was collected, in bytes: objects, what the host holds for them, and buffers.
 * Workerd collects when it serves the next request: `serve` makes it.
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
