import { MAX_SCORE_FILES } from '@callboard/plugin-callboard-common';
import { posix } from 'node:path';
import type { Io } from '../Io';
import { checkAssignments } from './checkAssignments';
import type { Finding } from './Finding';
import type { Judge } from './Judge';
import type { TextVerdict } from './judgeText';
import { type Group, judgeGroup, splitByList } from './judgeGroup';
import { type Checked, pathOf, readFiles } from './readFiles';

/**
 * Judges every file by itself, then the files of each app together: an app.yaml
 * with the score files below its folder; the score files below no app.yaml are
 * one app.
 */
export async function checkFiles(
  files: readonly string[],
  io: Pick<Io, 'readBytes' | 'hasFile'>,
  judge: Judge,
): Promise<Finding[]> {
  const { checked, findings } = await readFiles(files, io, judge);
  const platform = checked.flatMap(({ verdict }) =>
    verdict.kind === 'platform' ? verdict.files : [],
  );
  const ofApps = await Promise.all(
    groupByApp(checked).map(app => judgeGroup(app, { platform, io, judge })),
  );
  return [...findings, ...checkAssignments(checked), ...ofApps.flat()];
}

function groupByApp(checked: readonly Checked[]): Group[] {
  const groups: Group[] = checked
    .filter(({ verdict }) => isOf(verdict, 'app'))
    .map(app => ({
      root: posix.dirname(pathOf(app)),
      app,
      scores: [],
      isPart: false,
    }));
  // The deepest folder above a score file wins.
  groups.sort((a, b) => b.root.length - a.root.length);
  const byRoot = new Map<string, Group>();
  for (const group of groups)
    if (!byRoot.has(group.root)) byRoot.set(group.root, group);
  const others: Group = { root: '.', scores: [], isPart: false };
  for (const score of checked.filter(({ verdict }) => isOf(verdict, 'score'))) {
    const group = findAbove(pathOf(score), byRoot) ?? others;
    if (score.verdict.kind === 'score') group.scores.push(score);
    else group.isPart = true;
  }
  return [...groups.flatMap(splitByList), ...splitByFolder(others)];
}

function isOf(verdict: TextVerdict, kind: 'app' | 'score'): boolean {
  return (
    verdict.kind === kind || (verdict.kind === 'faulty' && verdict.of === kind)
  );
}

/** Splits a group with more workloads than an app may have into one app per folder. */
function splitByFolder(group: Group): Group[] {
  const { scores } = group;
  if (scores.length <= MAX_SCORE_FILES) return [group];
  const folders = new Map<string, Checked[]>();
  for (const score of scores) {
    const folder = posix.dirname(pathOf(score));
    const before = folders.get(folder);
    if (before) before.push(score);
    else folders.set(folder, [score]);
  }
  return [...folders.values()].map(each => ({ ...group, scores: each }));
}

/** The value of the nearest folder above a file. */
function findAbove<T>(path: string, byRoot: Map<string, T>): T | undefined {
  let folder = posix.dirname(path);
  while (!['.', '..', '/'].includes(folder)) {
    const found = byRoot.get(folder);
    if (found !== undefined) return found;
    folder = posix.dirname(folder);
  }
  return byRoot.get(path.startsWith('..') ? '..' : '.') ?? byRoot.get(folder);
}
