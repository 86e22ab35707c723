import {
  type Problem,
  type Result,
  failed,
  ok,
} from '@callboard/plugin-callboard-common';
import type { PushedFiles } from '../usecases';
import type { GitRevisionReader } from './GitRevisionReader';

/** Bytes of one score file or app.yaml. Nobody writes a megabyte of it by hand. */
export const MAX_TEXT_BYTES = 1024 * 1024;
const MAX_SCORE_FILES = 50;

/** What a push is judged by: commit, paths, and the texts of its score files and app.yaml. */
export async function readPushedFiles(
  reader: GitRevisionReader,
  commit: string,
): Promise<Result<Pick<PushedFiles, 'revision' | 'paths' | 'texts'>>> {
  const info = await reader.readInfo(commit);
  if (!info.ok) return info;
  const tree = await reader.readTree(commit);
  if (!tree.ok) return tree;
  const described = tree.value.filter(entry => isDescription(entry.path));
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

/** True for files that say what an app is: app.yaml, catalog-info.yaml, score.yaml and *.score.yaml. */
export function isDescription(path: string): boolean {
  if (path === 'app.yaml' || path === 'catalog-info.yaml') return true;
  return (
    !path.split('/').includes('node_modules') &&
    /(^|\/)([^/]+\.)?score\.ya?ml$/.test(path)
  );
}

function tooManyScoreFiles(count: number): Problem {
  return {
    code: 'too-many-score-files',
    what: 'Cannot take this revision',
    why: `it holds ${count} score files, at most ${MAX_SCORE_FILES} are read`,
    next: 'Split the app, or move example files elsewhere',
    transient: false,
  };
}
