const LONGEST_LINE = 64 * 1024; // characters; the server writes no longer lines

/**
 * Reads a body of JSON Lines: lines that arrive together are yielded together.
 * Lines that are not JSON are left out.
 */
export async function* readJsonLines<T>(
  body: ReadableStream<Uint8Array>,
): AsyncGenerator<T[]> {
  const reader = body.getReader();
  const decoder = new TextDecoder();
  let rest = '';
  try {
    for (;;) {
      const { done, value } = await reader.read();
      const lines = (rest + decoder.decode(value, { stream: !done })).split(
        '\n',
      );
      rest = done ? '' : lines.pop() ?? '';
      if (rest.length > LONGEST_LINE) rest = '';
      const read = lines.flatMap(line => parse<T>(line));
      if (read.length > 0) yield read;
      if (done) return;
    }
  } finally {
    await reader.cancel().catch(() => undefined);
  }
}

function parse<T>(line: string): T[] {
  if (line.trim() === '') return [];
  try {
    return [JSON.parse(line) as T];
  } catch {
    return [];
  }
}
