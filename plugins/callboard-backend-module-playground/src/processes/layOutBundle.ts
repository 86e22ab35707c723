import { constants } from 'node:fs';
import {
  cp,
  lstat,
  mkdir,
  readdir,
  symlink,
  writeFile,
} from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { ContainerStart } from '@callboard/sim';
import { staticServerPath } from '@callboard/plugin-callboard-sandbox-node';
import { assetPath } from '../assetPath';
import { placeInWorkspace } from './placeInWorkspace';

/** Folder of Callboard's own files in the workspace. */
export const ASSETS = '.callboard';

/**
 * Copies a bundle and the files of a container into a workspace. Dependencies
 * are large and never written to: they are linked or mounted.
 *
 * @param options.dependencies - `copy` for another user, who may not read the
 *   portal's data
 * @returns outside paths that the sandbox mounts read-only, by inside path
 */
export async function layOutBundle(
  bundle: string,
  workspace: string,
  options: {
    files: ContainerStart['files'];
    dependencies: 'copy' | 'link' | 'show';
  },
): Promise<Array<[string, string]>> {
  const shown: Array<[string, string]> = [];
  for (const name of await readdir(bundle)) {
    const [source, target] = [join(bundle, name), join(workspace, name)];
    const isShared =
      name === 'node_modules' &&
      options.dependencies !== 'copy' &&
      // A link of that name is pushed code: it may point anywhere.
      (await lstat(source)).isDirectory();
    if (isShared && options.dependencies === 'link')
      await symlink(source, target);
    else if (isShared) shown.push([`/workspace/${name}`, source]);
    else
      await cp(source, target, {
        recursive: true,
        verbatimSymlinks: true,
        mode: constants.COPYFILE_FICLONE,
      });
  }
  for (const [path, { content, mode }] of Object.entries(options.files)) {
    const target = placeInWorkspace(workspace, path)!;
    await mkdir(dirname(target), { recursive: true });
    await writeFile(target, content, { mode });
  }
  const assets = join(workspace, ASSETS);
  await mkdir(assets, { recursive: true });
  await cp(assetPath('listen.cjs'), join(assets, 'listen.cjs'));
  await cp(staticServerPath(), join(assets, 'staticServer.cjs'));
  return shown;
}
