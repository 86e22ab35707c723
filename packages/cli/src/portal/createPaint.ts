import type { HealthStatus } from '@callboard/plugin-callboard-common';
import type { Io } from '../Io';

const CODES = { red: 31, green: 32, yellow: 33, cyan: 36, quiet: 2, bold: 1 };

export type Colour = keyof typeof CODES;
export type Paint = (colour: Colour, text: string) => string;

/** Colours for a terminal; none elsewhere or when `NO_COLOR` is set. */
export function createPaint({
  terminal,
  env,
}: Pick<Io, 'terminal' | 'env'>): Paint {
  const isPlain = !terminal.output || env('NO_COLOR') !== undefined;
  return (colour, text) =>
    isPlain ? text : `\u001b[${CODES[colour]}m${text}\u001b[0m`;
}

/** The shapes of the pages: state is shown by a word and a shape, colour only supports them. */
const MARKS: Record<HealthStatus, { shape: string; colour: Colour }> = {
  Healthy: { shape: '●', colour: 'green' },
  Progressing: { shape: '◐', colour: 'cyan' },
  Degraded: { shape: '▲', colour: 'red' },
  Suspended: { shape: '‖', colour: 'quiet' },
  Missing: { shape: '◌', colour: 'yellow' },
  Unknown: { shape: '?', colour: 'yellow' },
};

/** `● Healthy` */
export function markOf(status: HealthStatus, paint: Paint): string {
  const { shape, colour } = MARKS[status];
  return paint(colour, `${shape} ${status}`);
}
