import type { LogLine } from '@callboard/plugin-callboard-common';
import type { Container } from './listContainers';
import type { KeptLine } from './LogPosition';

/** Lines of one container with their source. */
export function toLogLines(
  lines: readonly KeptLine[],
  { container, cluster }: { container: Container; cluster: string },
): LogLine[] {
  return lines.map(line => ({
    ...line,
    cluster,
    instance: container.instance,
    ...(container.hasSiblings && { container: container.name }),
    stream: 'output',
  }));
}

/** A line that Callboard itself adds to the output. */
export function noteLine(at: Date, cluster: string, text: string): LogLine {
  return {
    at: at.toISOString(),
    cluster,
    instance: '',
    stream: 'callboard',
    text,
  };
}

/** Orders lines by their instants; lines with the same instant keep their order. */
export function byInstant(a: LogLine, b: LogLine): number {
  if (a.at === b.at) return 0;
  return a.at < b.at ? -1 : 1;
}
