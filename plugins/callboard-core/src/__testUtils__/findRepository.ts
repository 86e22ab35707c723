import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** The folder of this repository, also when the tests run in a copy of the package somewhere below it. */
export function findRepository(folder: string = __dirname): string {
  if (existsSync(join(folder, 'backstage.json'))) return folder;
  if (dirname(folder) === folder)
    throw new Error('No folder above has a backstage.json');
  return findRepository(dirname(folder));
}
