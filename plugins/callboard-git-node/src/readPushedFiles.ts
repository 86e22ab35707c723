import {
  MAX_SCORE_FILES,
  type Result,
  failed,
  ok,
  parseAppFile,
  tooManyScoreFiles,
} from '@callboard/plugin-callboard-common';
import { posix } from 'node:path';
import type { PushedFiles } from '@callboard/plugin-callboard-node';
import type { GitRevisionReader } from './GitRevisionReader';
import type { TreeEntry } from './tree';

/** Limit of one score file or app.yaml, in bytes: far above any written by hand. */
export const MAX_TEXT_BYTES = 1024 * 1024;
const APP_FILE = 'app.yaml';

/** Reads the input of a push's judgement: commit, paths, and the texts of its score files and app.yaml. */
export async function readPushedFiles(
  reader: GitRevisionReader,
  commit: string,
): Promise<Result<Pick<PushedFiles, 'revision' | 'paths' | 'texts'>>> {
  const info = await reader.readInfo(commit);
  if (!info.ok) return info;
  const tree = await reader.readTree(commit);
  if (!tree.ok) return tree;
  const listed = await readListed(reader, tree.value);
  if (!listed.ok) return listed;
  const described = tree.value.filter(
    ({ path }) => isDescription(path) || listed.value.has(path),
  );
  if (described.length > MAX_SCORE_FILES)
    return failed(tooManyScoreFiles(described.length));
  const texts = await reader.readTexts(described, { maxBytes: MAX_TEXT_BYTES });
  if (!texts.ok) return texts;
  return ok({
    revision: info.value,
    paths: tree.value.map(entry => entry.path),
    texts: texts.value,
  });
}

/** Score files that app.yaml names. None when app.yaml is invalid: the judgement reports what is wrong with it. */
async function readListed(
  reader: GitRevisionReader,
  tree: TreeEntry[],
): Promise<Result<Set<string>>> {
  const entries = tree.filter(({ path }) => path === APP_FILE);
  const texts = await reader.readTexts(entries, { maxBytes: MAX_TEXT_BYTES });
  if (!texts.ok) return texts;
  if (texts.value[APP_FILE] === undefined) return ok(new Set());
  const appFile = parseAppFile(texts.value[APP_FILE], { file: APP_FILE });
  const workloads = appFile.ok ? appFile.value.spec.workloads ?? [] : [];
  return ok(new Set(workloads.map(path => posix.normalize(path))));
}

/** True for files that describe an app: app.yaml, catalog-info.yaml, score.yaml and *.score.yaml. */
function isDescription(path: string): boolean {
  if (path === APP_FILE || path === 'catalog-info.yaml') return true;
  return (
    !path.split('/').includes('node_modules') &&
    /(^|\/)([^/]+\.)?score\.ya?ml$/.test(path)
  );
}
