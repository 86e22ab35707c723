const STEP_MS = 25;

/** Waits until `look` answers without throwing; after `timeoutMs` it throws what `look` threw last. */
export async function eventually<T>(
  look: () => Promise<T> | T,
  { timeoutMs = 30_000 } = {},
): Promise<T> {
  const giveUpAt = Date.now() + timeoutMs;
  for (;;) {
    try {
      return await look();
    } catch (error) {
      if (Date.now() > giveUpAt) throw error;
      await new Promise(resolve => setTimeout(resolve, STEP_MS));
    }
  }
}
