const FIRST_REST_MS = 25;
const LONGEST_REST_MS = 100; // a look reads the whole record: looking more often is most of what a long wait costs

/** Waits until `look` answers without throwing; after `timeoutMs` it throws what `look` threw last. */
export async function eventually<T>(
  look: () => Promise<T> | T,
  { timeoutMs = 30_000 } = {},
): Promise<T> {
  const giveUpAt = Date.now() + timeoutMs;
  for (let restMs = FIRST_REST_MS; ; restMs *= 1.5) {
    try {
      return await look();
    } catch (error) {
      if (Date.now() > giveUpAt) throw error;
      await new Promise(resolve =>
        setTimeout(resolve, Math.min(restMs, LONGEST_REST_MS)),
      );
    }
  }
}
