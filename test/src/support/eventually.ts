/** Repeats a check until it no longer throws; its last failure is told with the reason for waiting. */
export async function eventually<T>(
  why: string,
  check: () => T | Promise<T>,
  withinMs = 10_000,
): Promise<T> {
  const deadline = Date.now() + withinMs;
  // Rests longer and longer: what is asked is as busy as what is waited for.
  for (let restMs = 50; ; restMs = Math.min(restMs * 1.5, 250)) {
    try {
      return await check();
    } catch (error) {
      if (Date.now() > deadline)
        throw new Error(
          `${why}: not within ${withinMs} ms: ${(error as Error).message}`,
        );
    }
    await new Promise(resolve => {
      setTimeout(resolve, restMs);
    });
  }
}
