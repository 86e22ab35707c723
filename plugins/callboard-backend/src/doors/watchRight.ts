const LOOK_MS = 2_000; // what goes on without its right ends within 5 s

/**
 * Looks again and again whether somebody still has the right to what goes on.
 *
 * @param onWithdrawn - called once, as soon as it is seen that they have not
 * @returns how to stop looking
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
