/** Text of an answer, cut after `maxBytes`; empty where it breaks off. */
export async function readTextWithin(
  response: Response,
  maxBytes: number,
): Promise<string> {
  return (
    (
      await readBytesWithin(response, maxBytes).catch(() => undefined)
    )?.bytes.toString('utf8') ?? ''
  );
}

/** Bytes of an answer up to a limit, and whether that was all. */
export async function readBytesWithin(
  response: Response,
  maxBytes: number,
): Promise<{ bytes: Buffer; isWhole: boolean }> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  if (!response.body) return { bytes: Buffer.alloc(0), isWhole: true };
  for await (const chunk of response.body) {
    chunks.push(chunk);
    size += chunk.length;
    if (size > maxBytes)
      return {
        bytes: Buffer.concat(chunks).subarray(0, maxBytes),
        isWhole: false,
      };
  }
  return { bytes: Buffer.concat(chunks), isWhole: true };
}
