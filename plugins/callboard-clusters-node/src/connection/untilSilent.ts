/** No chunk came for too long. */
export class SilenceError extends Error {}

/** Passes chunks on; throws SilenceError when none came for `silenceMs`. The reader's own time does not count. */
export async function* untilSilent(
  body: AsyncIterable<Uint8Array>,
  silenceMs: number,
): AsyncGenerator<Uint8Array> {
  const chunks = body[Symbol.asyncIterator]();
  try {
    for (;;) {
      const chunk = await nextWithin(chunks, silenceMs);
      if (chunk.done) return;
      yield chunk.value;
    }
  } finally {
    // Not awaited: `return` of a blocked body never settles.
    void chunks.return?.().catch(() => undefined);
  }
}

async function nextWithin(
  chunks: AsyncIterator<Uint8Array>,
  silenceMs: number,
): Promise<IteratorResult<Uint8Array>> {
  let timer: NodeJS.Timeout | undefined;
  const silence = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new SilenceError()), silenceMs);
  });
  const next = chunks.next();
  next.catch(() => undefined); // avoids an unhandled rejection when it loses the race
  try {
    return await Promise.race([next, silence]);
  } finally {
    clearTimeout(timer);
  }
}
