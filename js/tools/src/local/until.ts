/** Something that tells of its changes, and how to stop that. */
export interface Changing {
  onChanged(listener: () => void): () => void;
}

/**
 * Waits until something is found, looking again after each change. Gives undefined after the time.
 *
 * @param milliseconds - 0 looks once.
 * @param signals - Any of them ends the wait.
 * @throws the reason of a signal that is aborted.
 */
export async function until<Found>(
  changing: Changing,
  find: () => Found | undefined,
  milliseconds: number,
  ...signals: readonly AbortSignal[]
): Promise<Found | undefined> {
  signals.forEach((signal) => signal.throwIfAborted());
  const first = find();
  if (first !== undefined || milliseconds === 0) {
    return first;
  }
  return await new Promise((resolve, reject) => {
    const timer = setTimeout(() => end(() => resolve(undefined)), milliseconds);
    const aborted = ({ target }: Event) => end(() => reject((target as AbortSignal).reason));
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
      signals.forEach((signal) => signal.removeEventListener("abort", aborted));
      stop();
      settle();
    };
    signals.forEach((signal) => signal.addEventListener("abort", aborted));
  });
}
