import type { StartCommand } from './findStartCommand';

/** Where the pushed code lies for the code itself, in images and in the playground. */
export const WORKSPACE = '/workspace';

/**
 * The arguments to start a container's process with. Score's `command` wins, then
 * what the revision says about itself; `args` follow in either case. Undefined
 * when there is nothing to start.
 */
export function commandLine(
  input: { command?: string[]; args?: string[]; start?: StartCommand },
  paths: { node: string; staticServer: string },
): string[] | undefined {
  const args = input.args ?? [];
  if (input.command?.length) return [...input.command, ...args];
  const { start } = input;
  switch (start?.kind) {
    case 'shell':
      return [
        'sh',
        '-c',
        args.length ? `${execOf(start.line)} "$@"` : execOf(start.line),
        'sh',
        ...args,
      ];
    case 'node':
      return [paths.node, start.script, ...args];
    case 'static':
      return [paths.node, paths.staticServer, start.folder || '.'];
    case undefined:
      return args.length ? args : undefined;
    default:
      throw new Error(
        `Unknown start command ${JSON.stringify(start satisfies never)}`,
      );
  }
}

/** A simple command replaces its shell, so that signals reach it. */
function execOf(line: string): string {
  return /^[\w./@=:-]+( [\w./@=:,+-]+)*$/.test(line) && !/^\w+=/.test(line)
    ? `exec ${line}`
    : line;
}
