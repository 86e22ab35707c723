import type { LogLine } from '@callboard/plugin-callboard-common';
import type { Paint } from './createPaint';
import { plainText } from './plainText';

/** Formats a line as `12:00:05.123 eu-1 web-7d9 | listening`; messages of Callboard about an output name it. */
export function formatLogLine(
  { at, cluster, instance, container, stream, text }: LogLine,
  paint: Paint,
): string {
  const time = /T([\d:.]{8,12})/.exec(at)?.[1] ?? plainText(at);
  const where = [cluster, instance, container]
    .filter(part => part)
    .map(part => plainText(part!))
    .join(' ');
  return stream === 'callboard'
    ? paint('yellow', `${time} ${where} Callboard: ${plainText(text)}`)
    : `${paint('quiet', time)} ${paint('cyan', where)} | ${plainText(text)}`;
}
