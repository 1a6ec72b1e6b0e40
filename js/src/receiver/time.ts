/** Returns seconds by a monotonic clock with an arbitrary start. */
export function monotonic(): number {
  return performance.now() / 1000;
}

/** Returns the promise's result, or `otherwise()` if it has none after this many seconds. */
export async function within<T, Otherwise>(
  seconds: number,
  promise: Promise<T>,
  otherwise: () => Otherwise,
): Promise<T | Otherwise> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const elapsed = new Promise<void>((resolve) => {
    timer = setTimeout(resolve, seconds * 1000);
  });
  try {
    return await Promise.race([promise, elapsed.then(otherwise)]);
  } finally {
    clearTimeout(timer);
  }
}

/** Resolves after this many seconds. */
export function pause(seconds: number): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve, seconds * 1000);
  });
}
