import { suggestName } from '@callboard/plugin-callboard-common';
import type { ExitCode, Io } from './Io';
import { runVerb } from './runVerb';
import { VERBS } from './verbs';

/**
 * Runs one command line and returns its exit code, synchronously when the
 * command needs no other thread; never throws for a user's mistake.
 */
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
    const meant = suggestName(
      name,
      VERBS.map(each => each.name),
    );
    const guess = meant ? `; did you mean "${meant}"?` : '';
    io.err(`"${name}" is not a command${guess}\n\n${describeCommands()}`);
    return 2;
  }
  return runVerb(verb, rest, io);
}

function describeCommands(): string {
  const width = Math.max(...VERBS.map(({ name }) => name.length));
  const lines = VERBS.map(
    ({ name, summary }) => `  ${name.padEnd(width)}  ${summary}`,
  );
  return ['Usage: callboard COMMAND [--help]', '', ...lines].join('\n');
}
