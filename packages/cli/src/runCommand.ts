import { type ExitCode, type Io, UsageError } from './Io';
import { VERBS } from './verbs';

/** Runs one command line and answers its exit code; never throws for what a user did. */
export function runCommand(args: readonly string[], io: Io): ExitCode {
  const [name, ...rest] = args;
  if (
    name === undefined ||
    name === 'help' ||
    name === '--help' ||
    name === '-h'
  ) {
    io.out(describeCommands());
    return name === undefined ? 2 : 0;
  }
  const verb = VERBS.find(candidate => candidate.name === name);
  if (verb === undefined) {
    io.err(`"${name}" is not a command\n\n${describeCommands()}`);
    return 2;
  }
  if (rest.includes('--help') || rest.includes('-h')) {
    io.out(verb.usage);
    return 0;
  }
  try {
    return verb.run(rest, io);
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    io.err(`${error.message}\nSee: callboard ${name} --help`);
    return 2;
  }
}

function describeCommands(): string {
  const width = Math.max(...VERBS.map(({ name }) => name.length));
  const lines = VERBS.map(
    ({ name, summary }) => `  ${name.padEnd(width)}  ${summary}`,
  );
  return ['Usage: callboard COMMAND [--help]', '', ...lines].join('\n');
}
