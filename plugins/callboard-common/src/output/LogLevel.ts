import type { LogLevel } from '../api';

/** Levels of output, the least severe first. */
export const LOG_LEVELS: readonly LogLevel[] = [
  'trace',
  'debug',
  'info',
  'warn',
  'error',
];

/** Levels by the words of loggers, in lower case. */
const MEANINGS: Readonly<Record<string, LogLevel>> = {
  trace: 'trace',
  verbose: 'trace',
  silly: 'trace',
  debug: 'debug',
  dbg: 'debug',
  info: 'info',
  information: 'info',
  notice: 'info',
  log: 'info',
  warn: 'warn',
  warning: 'warn',
  wrn: 'warn',
  error: 'error',
  err: 'error',
  severe: 'error',
  fatal: 'error',
  critical: 'error',
  crit: 'error',
  panic: 'error',
  alert: 'error',
  emergency: 'error',
  emerg: 'error',
};

const MOST_LETTERS = 12;

/** Reads a level from a word such as `WARNING`, or from a number of pino and bunyan (30 is info). */
export function readLogLevel(word: unknown): LogLevel | undefined {
  if (typeof word === 'number') return levelOfNumber(word);
  if (typeof word !== 'string' || word.length > MOST_LETTERS) return undefined;
  const letters = word.toLowerCase();
  return Object.hasOwn(MEANINGS, letters) ? MEANINGS[letters] : undefined;
}

function levelOfNumber(level: number): LogLevel | undefined {
  if (!Number.isInteger(level) || level < 10 || level > 60) return undefined;
  if (level >= 50) return 'error';
  if (level >= 40) return 'warn';
  if (level >= 30) return 'info';
  return level >= 20 ? 'debug' : 'trace';
}
