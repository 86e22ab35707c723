import { join, normalize } from 'node:path';
import { isSafePath } from './tree';

/** Where new objects lie while a push is judged. Given by git to the pre-receive hook; made by us for what we fetch. */
export interface Quarantine {
  objectDirectory: string;
  /** Inside of it: which commits lack their parents, where it is not the repository that says so. */
  shallowFile?: string;
}

/** Object folders of a push under judgement. The hook says where they are; only places inside the repository are believed. */
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
