const LOOK_MS = 2_000; // work without its right ends within 5 s

/**
 * Checks periodically whether a caller still has the right to work in progress.
 *
 * @param onWithdrawn - called once, as soon as the right is found to be
 *   withdrawn
 * @returns a function that stops the checks
 */
export function watchRight(
  isHeld: () => Promise<boolean>,
  onWithdrawn: () => void,
  { everyMs = LOOK_MS }: { everyMs?: number } = {},
): () => void {
  let isStopped = false;
  let timer: NodeJS.Timeout;
  const wait = () => {
    timer = setTimeout(() => void look(), everyMs);
    timer.unref();
  };
  async function look(): Promise<void> {
    const held = await isHeld();
    if (isStopped) return;
    if (held) wait();
    else onWithdrawn();
  }
  wait();
  return () => {
    isStopped = true;
    clearTimeout(timer);
  };
}
