import type { LogLine } from '@callboard/plugin-callboard-common';
import type { Container } from './listContainers';
import type { KeptLine } from './LogPosition';

/** Lines of one container with where they come from. */
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

/** What Callboard itself says where output is read. */
export function noteLine(at: Date, cluster: string, text: string): LogLine {
  return {
    at: at.toISOString(),
    cluster,
    instance: '',
    stream: 'callboard',
    text,
  };
}

/** In the order of their instants; what was written at the same one stays as it is. */
export function byInstant(a: LogLine, b: LogLine): number {
  if (a.at === b.at) return 0;
  return a.at < b.at ? -1 : 1;
}
