/** Seconds on a clock that never jumps, from any start. */
export function monotonic(): number {
  return performance.now() / 1000;
}

/** What `promise` comes to, or `otherwise()` when it has not come to anything for that many seconds. */
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

/** Resolves after that many seconds. */
export function pause(seconds: number): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve, seconds * 1000);
  });
}
