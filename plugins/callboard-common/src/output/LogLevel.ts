import type { LogLevel } from '../api';

/** How grave a line of output is, the least grave first. */
export const LOG_LEVELS: readonly LogLevel[] = [
  'trace',
  'debug',
  'info',
  'warn',
  'error',
];

/** Words that loggers write, in lower case, and what they mean. */
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

/** What a word such as `WARNING` means, or a number as pino and bunyan write it (30 is info). */
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
