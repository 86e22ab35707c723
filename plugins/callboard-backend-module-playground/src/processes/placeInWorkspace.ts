import { join } from 'node:path';
import { WORKSPACE } from '@callboard/plugin-callboard-sandbox-node';

/** Maps a path of the container into the process's own copy of the code; undefined for a path outside of it. */
export function placeInWorkspace(
  folder: string,
  path: string,
): string | undefined {
  const parts = path.split('/').filter(Boolean);
  if (`/${parts[0]}` !== WORKSPACE || parts.length < 2 || parts.includes('..'))
    return undefined;
  return join(folder, ...parts.slice(1));
}
