const DEADLINE_MS = 10_000;
const FIRST_PAUSE_MS = 25;
const LONGEST_PAUSE_MS = 100;

/** Repeats an expectation until it holds; after the deadline its last failure is the test's, with what was waited for. */
export async function eventually(
  reason: string,
  expectation: () => Promise<void> | void,
): Promise<void> {
  const began = performance.now();
  for (let pauseMs = FIRST_PAUSE_MS; ; pauseMs *= 1.5) {
    try {
      await expectation();
      return;
    } catch (error) {
      if (performance.now() - began > DEADLINE_MS) {
        throw new Error(
          `Waited in vain until ${reason}: ${(error as Error).message}`,
        );
      }
    }
    await new Promise(resolve => {
      setTimeout(resolve, Math.min(pauseMs, LONGEST_PAUSE_MS));
    });
  }
}
