import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { readRegularFile } from '../dependencies/readRegularFile';
import type { StartHints } from './findStartCommand';

const HINT_FILE_MAX_BYTES = 256 * 1024;

/** Reads the files of a bundle's folder that may define its start command. */
export async function readStartHints(folder: string): Promise<StartHints> {
  const top = await readdir(folder, { withFileTypes: true });
  const nested = await Promise.all(
    top
      .filter(entry => entry.isDirectory() && entry.name !== 'node_modules')
      .map(async entry =>
        (
          await readdir(join(folder, entry.name))
        ).map(name => `${entry.name}/${name}`),
      ),
  );
  return {
    paths: [...top.map(entry => entry.name), ...nested.flat()],
    procfile: await readRegularFile(
      join(folder, 'Procfile'),
      HINT_FILE_MAX_BYTES,
    ),
    packageJson: await readRegularFile(
      join(folder, 'package.json'),
      HINT_FILE_MAX_BYTES,
    ),
  };
}
