/** Something that tells of its changes, and how to stop that. */
export interface Changing {
  onChanged(listener: () => void): () => void;
}

/**
 * Waits until something is found, looking again after each change. Gives undefined after the time.
 *
 * @param milliseconds - 0 looks once.
 * @throws the signal's reason if it is aborted.
 */
export async function until<Found>(
  changing: Changing,
  find: () => Found | undefined,
  milliseconds: number,
  signal?: AbortSignal,
): Promise<Found | undefined> {
  signal?.throwIfAborted();
  const first = find();
  if (first !== undefined || milliseconds === 0) {
    return first;
  }
  return await new Promise((resolve, reject) => {
    const timer = setTimeout(() => end(() => resolve(undefined)), milliseconds);
    const aborted = () => end(() => reject(signal?.reason));
    const stop = changing.onChanged(() => {
      try {
        const found = find();
        if (found !== undefined) {
          end(() => resolve(found));
        }
      } catch (error) {
        end(() => reject(error));
      }
    });
    const end = (settle: () => void) => {
      clearTimeout(timer);
      signal?.removeEventListener("abort", aborted);
      stop();
      settle();
    };
    signal?.addEventListener("abort", aborted);
  });
}
