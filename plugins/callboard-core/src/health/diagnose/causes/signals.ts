/** Names of the signals that end programs. Source: signal(7). */
const SIGNALS: Readonly<Record<number, string>> = {
  1: 'SIGHUP',
  2: 'SIGINT',
  3: 'SIGQUIT',
  4: 'SIGILL',
  5: 'SIGTRAP',
  6: 'SIGABRT',
  7: 'SIGBUS',
  8: 'SIGFPE',
  9: 'SIGKILL',
  11: 'SIGSEGV',
  13: 'SIGPIPE',
  14: 'SIGALRM',
  15: 'SIGTERM',
  31: 'SIGSYS',
};

/** Returns the signal behind an end: as the cluster reports it, or 128 + its number as shells do. */
export function signalOf(
  exitCode: number,
  signal: number | undefined,
): string | undefined {
  if (signal !== undefined && signal > 0)
    return SIGNALS[signal] ?? `signal ${signal}`;
  return exitCode > 128 ? SIGNALS[exitCode - 128] : undefined;
}
