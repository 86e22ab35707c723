import { scorePathsOf } from '@callboard/plugin-callboard-core';
import type { Judge } from '../check/Judge';
import { type Checked, readFiles } from '../check/readFiles';
import { type Tree, UsageError } from '../Io';
import { type ReadApp, readApp } from '../render/readApp';

const APP_FILE = 'app.yaml';

/** Reads the app of a folder as a push of it would be read, with platform files that are read already. */
export async function readTree(
  tree: Tree,
  { platform, judge }: { platform: Checked[]; judge: Judge },
): Promise<ReadApp> {
  const paths = new Set(tree.paths);
  const io = {
    readBytes: tree.readBytes,
    hasFile: (path: string) => paths.has(path),
  };
  const own = paths.has(APP_FILE) ? [APP_FILE] : [];
  const { checked } = await readFiles(own, io, judge);
  const appFile = checked.flatMap(({ verdict }) =>
    verdict.kind === 'app' ? [verdict.appFile] : [],
  )[0];
  const scores = scorePathsOf({ paths: tree.paths }, appFile);
  if (scores.length === 0)
    throw new UsageError(
      `"${tree.name}" holds no score.yaml, which says what to run`,
    );
  const read = await readApp([...own, ...scores], {
    io,
    judge,
    others: platform,
  });
  return {
    ...read,
    findings: read.findings.map(finding => ({
      ...finding,
      file: tree.name.endsWith(':')
        ? `${tree.name}${finding.file}`
        : `${tree.name}/${finding.file}`,
    })),
  };
}
