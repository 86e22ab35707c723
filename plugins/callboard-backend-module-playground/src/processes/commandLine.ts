import { join } from 'node:path';
import { resolvePackagePath } from '@backstage/backend-plugin-api';
import type { StartCommand } from '../bundles';

const PACKAGE = '@callboard/plugin-callboard-backend-module-playground';

/** Absolute path of a file that this package brings along. */
export function assetPath(name: string): string {
  return resolvePackagePath(PACKAGE, 'assets', name);
}

/**
 * The arguments to start a container's process with. Score's `command` wins, then
 * what the bundle says about itself; `args` follow in either case.
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

export const WORKSPACE = '/workspace';

/** Where in its own copy of the bundle a path of the container lies; undefined when it is outside. */
export function placeInWorkspace(
  folder: string,
  path: string,
): string | undefined {
  const parts = path.split('/').filter(Boolean);
  if (`/${parts[0]}` !== WORKSPACE || parts.length < 2 || parts.includes('..'))
    return undefined;
  return join(folder, ...parts.slice(1));
}
