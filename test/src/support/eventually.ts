/** Repeats a check until it no longer throws; its last failure is told with the reason for waiting. */
export async function eventually<T>(
  why: string,
  check: () => T | Promise<T>,
  withinMs = 10_000,
): Promise<T> {
  const deadline = Date.now() + withinMs;
  for (;;) {
    try {
      return await check();
    } catch (error) {
      if (Date.now() > deadline)
        throw new Error(
          `${why}: not within ${withinMs} ms: ${(error as Error).message}`,
        );
    }
    await new Promise(resolve => {
      setTimeout(resolve, 50);
    });
  }
}
