import { normalizePath } from '@callboard/plugin-callboard-core';
import { posix } from 'node:path';
import { type Checked, pathOf } from '../check/readFiles';
import { type Io, UsageError } from '../Io';
import type { AppFiles } from '../render/AppFiles';

const CATALOG_INFO = 'catalog-info.yaml'; // the app's entities for the Backstage catalog
const SCORE_FILE = /(^|\/)([^/]+\.)?score\.ya?ml$/;

/** Contents of an app's files by their paths below its folder, as a push would contain them. */
export function collectFiles(
  { workloads, mounted, appFile }: AppFiles,
  checked: readonly Checked[],
  io: Pick<Io, 'hasFile' | 'readText'>,
): Record<string, string> {
  const app = checked.find(({ verdict }) => verdict.kind === 'app');
  const root = app ? posix.dirname(pathOf(app)) : '.';
  const listed = (appFile?.spec.workloads ?? []).map(normalizePath);
  const files: Record<string, string> = {};
  if (app) files['app.yaml'] = app.text;
  const catalogInfo = posix.join(root, CATALOG_INFO);
  if (io.hasFile(catalogInfo)) files[CATALOG_INFO] = io.readText(catalogInfo);
  for (const { file, workload } of workloads) {
    const path = posix.relative(root, pathOf({ file }));
    const isFound = listed.includes(path) || SCORE_FILE.test(path);
    if (path.startsWith('../') || posix.isAbsolute(path))
      throw new UsageError(`${file} lies outside of the folder of app.yaml`);
    // Files may have any name here; the portal finds score files by theirs.
    const name = isFound ? path : `${workload.metadata.name}.score.yaml`;
    files[name] = checked.find(each => each.file === file)!.text;
  }
  for (const [path, content] of Object.entries(mounted)) {
    if (typeof content !== 'string')
      throw new UsageError(
        `${path} is not text: put it into the image instead of mounting it`,
      );
    files[normalizePath(path)] = content;
  }
  return files;
}
