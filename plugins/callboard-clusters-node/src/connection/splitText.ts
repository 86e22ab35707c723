/**
 * Splits a streaming text into lines: those that end in a chunk at once, the
 * rest after the last line feed at the end. A line is cut at `maxBytes`.
 */
export async function* splitText(
  body: AsyncIterable<Uint8Array>,
  maxBytes: number,
): AsyncGenerator<string[]> {
  let open = Buffer.alloc(0); // the incomplete last line
  for await (const chunk of body) {
    const lines: string[] = [];
    let start = 0;
    for (
      let end = chunk.indexOf(0x0a);
      end !== -1;
      end = chunk.indexOf(0x0a, start)
    ) {
      lines.push(textOf(append(open, chunk.subarray(start, end), maxBytes)));
      open = Buffer.alloc(0);
      start = end + 1;
    }
    open = append(open, chunk.subarray(start), maxBytes);
    if (lines.length > 0) yield lines;
  }
  if (open.byteLength > 0) yield [textOf(open)];
}

function append(head: Buffer, tail: Uint8Array, maxBytes: number): Buffer {
  const room = Math.max(0, maxBytes - head.byteLength);
  return room === 0 ? head : Buffer.concat([head, tail.subarray(0, room)]);
}

function textOf(line: Buffer): string {
  return line.toString('utf8').replace(/\r$/, '');
}
