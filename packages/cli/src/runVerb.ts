import { type ExitCode, type Io, UsageError } from './Io';
import type { Verb } from './verbs/Verb';

/**
 * Runs one verb and returns its exit code, synchronously when it needs no other
 * thread; never throws for a user's mistake.
 */
export function runVerb(
  verb: Verb,
  args: string[],
  io: Io,
): ExitCode | Promise<ExitCode> {
  if (args.includes('--help') || args.includes('-h')) {
    io.out(verb.usage);
    return 0;
  }
  const refuse = (error: unknown): ExitCode => {
    if (!(error instanceof UsageError)) throw error;
    io.err(`${error.message}\nSee: callboard ${verb.name} --help`);
    return 2;
  };
  try {
    const code = verb.run(args, io);
    return typeof code === 'number' ? code : code.catch(refuse);
  } catch (error) {
    return refuse(error);
  }
}
