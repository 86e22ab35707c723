import { readFile, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { StartHints } from './findStartCommand';

const HINT_FILE_MAX_BYTES = 256 * 1024;

/** Reads what a bundle's folder says about how to start it. */
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
    procfile: await readText(join(folder, 'Procfile')),
    packageJson: await readText(join(folder, 'package.json')),
  };
}

async function readText(file: string): Promise<string | undefined> {
  try {
    const text = await readFile(file, 'utf8');
    return text.length <= HINT_FILE_MAX_BYTES ? text : undefined;
  } catch {
    return undefined;
  }
}
