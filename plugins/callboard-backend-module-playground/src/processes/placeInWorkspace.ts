import { join } from 'node:path';
import { WORKSPACE } from '@callboard/plugin-callboard-sandbox-node';

/** Where in a process's own copy of the code a path of the container lies; undefined when it is outside. */
export function placeInWorkspace(
  folder: string,
  path: string,
): string | undefined {
  const parts = path.split('/').filter(Boolean);
  if (`/${parts[0]}` !== WORKSPACE || parts.length < 2 || parts.includes('..'))
    return undefined;
  return join(folder, ...parts.slice(1));
}
