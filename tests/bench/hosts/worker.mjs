// A Worker that makes as many calls of a task as a request asks for, and answers when they are done.
import { prepared } from "../task.mjs";

/** The tasks of one kind and size of body, which are measured together. */
const tasks = new Map();
let bodies = "";

export default {
  async fetch(request) {
    const { calls, bytes, ...task } = Object.fromEntries(new URL(request.url).searchParams);
    const { isAsync, sample } = await taskOf({ ...task, bytes: Number(bytes) });
    await sample(Number(calls));
    return Response.json({ isAsync });
  },
};

async function taskOf(task) {
  const { name, kind, bytes, mode } = task;
  if (bodies !== `${kind}, ${bytes}`) {
    bodies = `${kind}, ${bytes}`;
    tasks.clear();
  }
  const key = `${name}, ${mode}`;
  if (!tasks.has(key)) {
    tasks.set(key, await prepared(task));
  }
  return tasks.get(key);
}
