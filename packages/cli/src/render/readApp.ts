import {
  MAX_SCORE_FILES,
  parseScore,
  tooManyScoreFiles,
} from '@callboard/plugin-callboard-common';
import { normalizePath, sourcesOf } from '@callboard/plugin-callboard-core';
import { posix } from 'node:path';
import { type Finding, findingOf } from '../check/Finding';
import type { Judge } from '../check/Judge';
import { judgeGroup, splitByList } from '../check/judgeGroup';
import { type Checked, pathOf, readFiles } from '../check/readFiles';
import { type Io, UsageError } from '../Io';
import type { AppFiles } from './AppFiles';
import { readMounted } from './readMounted';

type Files = Pick<Io, 'readBytes' | 'hasFile'>;

export interface ReadApp {
  findings: Finding[];
  /** Absent when the findings include an error. */
  app?: AppFiles;
  checked: Checked[];
}

/**
 * Reads the files of one app and of the platform, and judges them as `check`
 * does. Without a Score file among them, those that app.yaml lists are read.
 *
 * @param others - files that are read already
 */
export async function readApp(
  files: readonly string[],
  { io, judge, others = [] }: { io: Files; judge: Judge; others?: Checked[] },
): Promise<ReadApp> {
  const { checked, findings } = await readFiles(files, io, judge);
  checked.push(...others);
  const apps = checked.filter(({ verdict }) => verdict.kind === 'app');
  if (apps.length > 1)
    throw new UsageError(
      `One app at a time: ${apps.map(({ file }) => file).join(', ')}`,
    );
  const [app] = apps;
  const root = app ? posix.dirname(pathOf(app)) : '.';
  if (
    !hasError(findings) &&
    !checked.some(({ verdict }) => verdict.kind === 'score')
  ) {
    const listed = await readFiles(listedBy(app, root), io, judge);
    checked.push(...listed.checked);
    findings.push(...listed.findings);
  }
  const scores = checked.filter(({ verdict }) => verdict.kind === 'score');
  if (scores.length > MAX_SCORE_FILES)
    findings.push(findingOf(scores[0].file, tooManyScoreFiles(scores.length)));
  if (hasError(findings)) return { findings, checked };
  if (scores.length === 0)
    throw new UsageError('Which workloads? Give their Score files with -f');
  const platform = checked.flatMap(({ verdict }) =>
    verdict.kind === 'platform' ? verdict.files : [],
  );
  for (const group of splitByList({ root, app, scores, isPart: false }))
    findings.push(...(await judgeGroup(group, { platform, io, judge })));
  if (hasError(findings)) return { findings, checked };

  const workloads = scores.flatMap(({ file, text }) => {
    const score = parseScore(text, { file });
    return score.ok ? [{ file, workload: score.value.workload }] : [];
  });
  const appFile = app?.verdict.kind === 'app' ? app.verdict.appFile : undefined;
  const mounted = readMounted(
    sourcesOf(workloads.map(({ workload }) => workload)),
    root,
    io,
  );
  findings.push(...mounted.findings);
  if (hasError(findings)) return { findings, checked };
  return {
    findings,
    checked,
    app: {
      name: appFile?.metadata.name ?? workloads[0].workload.metadata.name,
      ...(appFile && { appFile }),
      workloads,
      mounted: mounted.files,
      platform,
    },
  };
}

export function hasError(findings: readonly Finding[]): boolean {
  return findings.some(({ severity }) => severity === 'error');
}

function listedBy(app: Checked | undefined, root: string): string[] {
  const listed =
    app?.verdict.kind === 'app'
      ? app.verdict.appFile.spec.workloads
      : undefined;
  return (listed ?? []).map(path => posix.join(root, normalizePath(path)));
}
