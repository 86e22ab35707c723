import {
  MAX_SCORE_FILES,
  type PlatformFile,
  type Problem,
  fileNotText,
  fileTooLarge,
  tooManyScoreFiles,
} from '@callboard/plugin-callboard-common';
import { normalizePath } from '@callboard/plugin-callboard-core';
import { posix, sep } from 'node:path';
import type { Io } from '../Io';
import { type Finding, findingOf } from './Finding';
import type { Judge } from './Judge';
import type { TextVerdict } from './judgeText';

const MAX_FILE_BYTES = 1024 * 1024; // as much as a push may bring

interface Checked {
  /** As it was named on the command line. */
  file: string;
  text: string;
  verdict: TextVerdict;
}

/**
 * Judges every file by itself, then those of an app together: an app.yaml and
 * the score files below its folder; those below none are one app.
 */
export async function checkFiles(
  files: readonly string[],
  io: Pick<Io, 'readBytes' | 'hasFile'>,
  judge: Judge,
): Promise<Finding[]> {
  const checked: Checked[] = [];
  const findings: Finding[] = [];
  for (const file of files) {
    const name = file === '-' ? 'standard input' : file;
    const text = readText(name, io.readBytes(file, MAX_FILE_BYTES));
    if (typeof text !== 'string') {
      findings.push(findingOf(name, text));
      continue;
    }
    const verdict = await judge.text(name, text);
    findings.push(...verdict.findings);
    checked.push({ file: name, text, verdict });
  }
  const platform = checked.flatMap(({ verdict }) =>
    verdict.kind === 'platform' ? verdict.files : [],
  );
  for (const app of groupByApp(checked))
    findings.push(...(await judgeGroup(app, { platform, io, judge })));
  return findings;
}

function readText(
  file: string,
  { bytes, size }: ReturnType<Io['readBytes']>,
): string | Problem {
  if (size > MAX_FILE_BYTES)
    return fileTooLarge(file, { bytes: size, maxBytes: MAX_FILE_BYTES });
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return fileNotText(file); // the decoder has no other way to say so
  }
}

interface Group {
  /** The folder of its app.yaml, `.` where there is none. */
  root: string;
  app?: Checked;
  scores: Checked[];
}

function groupByApp(checked: readonly Checked[]): Group[] {
  const groups: Group[] = checked
    .filter(({ verdict }) => verdict.kind === 'app')
    .map(app => ({ root: posix.dirname(pathOf(app)), app, scores: [] }));
  // The folder further down has the file.
  groups.sort((a, b) => b.root.length - a.root.length);
  const others: Group = { root: '.', scores: [] };
  for (const score of checked.filter(
    ({ verdict }) => verdict.kind === 'score',
  )) {
    const group = groups.find(({ root }) => isBelow(root, pathOf(score)));
    (group ?? others).scores.push(score);
  }
  return [...groups, ...splitByFolder(others)];
}

/** More workloads than an app may have are many apps, each in a folder of its own. */
function splitByFolder({ scores }: Group): Group[] {
  if (scores.length <= MAX_SCORE_FILES) return [{ root: '.', scores }];
  const folders = new Map<string, Checked[]>();
  for (const score of scores) {
    const folder = posix.dirname(pathOf(score));
    folders.set(folder, [...(folders.get(folder) ?? []), score]);
  }
  return [...folders.values()].map(each => ({ root: '.', scores: each }));
}

async function judgeGroup(
  { root, app, scores }: Group,
  {
    platform,
    io,
    judge,
  }: { platform: PlatformFile[]; io: Pick<Io, 'hasFile'>; judge: Judge },
): Promise<Finding[]> {
  const [first = app] = scores;
  if (!first) return [];
  if (app && scores.length > MAX_SCORE_FILES)
    return [findingOf(app.file, tooManyScoreFiles(scores.length))];
  const appFile = app?.verdict.kind === 'app' ? app.verdict.appFile : undefined;
  const names = new Map(
    [...scores, ...(app ? [app] : [])].map(each => [
      each === app ? 'app.yaml' : relativeTo(root, pathOf(each)),
      each,
    ]),
  );
  const mounts = scores.flatMap(({ verdict }) =>
    verdict.kind === 'score' ? verdict.mounts : [],
  );
  const { errors, warnings } = await judge.app({
    sources: {
      app: appFile?.metadata.name ?? 'app',
      paths: [
        ...names.keys(),
        ...mounts.filter(path => io.hasFile(posix.join(root, path))),
      ],
      texts: Object.fromEntries(
        [...names].map(([name, { text }]) => [name, text]),
      ),
    },
    ...(appFile && { appFile }),
    workloads: scores.map(score => relativeTo(root, pathOf(score))),
    platform,
  });
  const fileOf = (problem: Problem) =>
    names.get(problem.at?.file ?? '') ?? mounting(scores, problem) ?? first;
  return [
    ...errors.map(each => findingOf(fileOf(each).file, each)),
    ...warnings.map(each => findingOf(fileOf(each).file, each, 'warning')),
  ];
}

/** The workload that mounts a file that is not there. */
function mounting(
  scores: readonly Checked[],
  { code, what }: Problem,
): Checked | undefined {
  return code !== 'file-missing'
    ? undefined
    : scores.find(
        ({ verdict }) =>
          verdict.kind === 'score' &&
          verdict.mounts.some(path => what.includes(`"${path}"`)),
      );
}

function pathOf({ file }: Checked): string {
  return posix.normalize(normalizePath(file.split(sep).join('/')));
}

function isBelow(root: string, path: string): boolean {
  return root === '.' ? !path.startsWith('..') : path.startsWith(`${root}/`);
}

function relativeTo(root: string, path: string): string {
  return root === '.' ? path : posix.relative(root, path);
}
