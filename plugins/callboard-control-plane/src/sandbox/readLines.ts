import { StringDecoder } from 'node:string_decoder';
import type { Readable } from 'node:stream';

const LINE_MAX_CHARS = 4_000;

/** Calls back for every line of a stream. Of a long line the first characters only are kept, also in memory. */
export function readLines(
  stream: Readable,
  onLine: (line: string) => void,
): void {
  const decoder = new StringDecoder('utf8');
  let line = '';
  let isCut = false;
  const add = (text: string) => {
    const room = LINE_MAX_CHARS - line.length;
    line += text.slice(0, room);
    isCut ||= text.length > room;
  };
  const end = () => {
    onLine(isCut ? `${line}…` : line.replace(/\r$/, ''));
    line = '';
    isCut = false;
  };
  const take = (text: string) => {
    const [first, ...rest] = text.split('\n');
    add(first);
    for (const next of rest) {
      end();
      add(next);
    }
  };
  stream.on('data', (chunk: Buffer) => take(decoder.write(chunk)));
  stream.once('end', () => {
    take(decoder.end());
    if (line !== '' || isCut) end();
  });
}
