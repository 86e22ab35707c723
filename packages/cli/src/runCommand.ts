import { type ExitCode, type Io, UsageError } from './Io';
import { VERBS } from './verbs';

/** Runs one command line and answers its exit code, at once where the command needs no other thread; never throws for what a user did. */
export function runCommand(
  args: readonly string[],
  io: Io,
): ExitCode | Promise<ExitCode> {
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
  const refuse = (error: unknown): ExitCode => {
    if (!(error instanceof UsageError)) throw error;
    io.err(`${error.message}\nSee: callboard ${name} --help`);
    return 2;
  };
  try {
    const code = verb.run(rest, io);
    return typeof code === 'number' ? code : code.catch(refuse);
  } catch (error) {
    return refuse(error);
  }
}

function describeCommands(): string {
  const width = Math.max(...VERBS.map(({ name }) => name.length));
  const lines = VERBS.map(
    ({ name, summary }) => `  ${name.padEnd(width)}  ${summary}`,
  );
  return ['Usage: callboard COMMAND [--help]', '', ...lines].join('\n');
}
