import { join, normalize } from 'node:path';
import { isSafePath } from './tree';

/**
 * Folder of new objects while a push is judged. Provided by git to the
 * pre-receive hook; created by Callboard for a fetch.
 */
export interface Quarantine {
  objectDirectory: string;
  /** File inside of it with the commits that lack their parents, unless the repository lists them. */
  shallowFile?: string;
}

/**
 * Environment with the object folders of a push that is being judged. The hook
 * names them; only folders inside the repository are accepted.
 */
export function quarantineEnvironment(
  gitDir: string,
  { objectDirectory, shallowFile }: Quarantine,
): Record<string, string> {
  const objects = join(gitDir, 'objects');
  const folder = normalize(objectDirectory);
  const name = folder.slice(objects.length + 1);
  if (
    !folder.startsWith(`${objects}/`) ||
    !isSafePath(name, 255) ||
    name.includes('/')
  ) {
    throw new Error('The quarantine of a push lies outside of its repository');
  }
  return {
    GIT_OBJECT_DIRECTORY: folder,
    GIT_ALTERNATE_OBJECT_DIRECTORIES: objects,
    ...(shallowFile !== undefined && { GIT_SHALLOW_FILE: shallowFile }),
  };
}
