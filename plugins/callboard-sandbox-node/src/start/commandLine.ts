import type { StartCommand } from './findStartCommand';

/** Path of the pushed code inside images and the playground. */
export const WORKSPACE = '/workspace';

/**
 * Returns the arguments that start a container's process. Score's `command`
 * takes precedence, then the revision's own start command; `args` follow in
 * either case. Undefined when there is nothing to start.
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

/** Lets a simple command replace its shell, so that it receives signals. */
function execOf(line: string): string {
  return /^[\w./@=:-]+( [\w./@=:,+-]+)*$/.test(line) && !/^\w+=/.test(line)
    ? `exec ${line}`
    : line;
}
