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
  /** Whether it has score files that cannot be read. */
  isPart: boolean;
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
  // The folder further down has the file.
  groups.sort((a, b) => b.root.length - a.root.length);
  const others: Group = { root: '.', scores: [], isPart: false };
  for (const score of checked.filter(({ verdict }) => isOf(verdict, 'score'))) {
    const group =
      groups.find(({ root }) => isBelow(root, pathOf(score))) ?? others;
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

/** Score files that an app.yaml leaves out of its list are none of its app. */
function splitByList(group: Group): Group[] {
  const listed = listOf(group);
  if (!listed) return [group];
  const { root } = group;
  const isListed = (score: Checked) =>
    listed.includes(relativeTo(root, pathOf(score)));
  return [
    { ...group, scores: group.scores.filter(isListed) },
    {
      root,
      scores: group.scores.filter(score => !isListed(score)),
      isPart: true,
    },
  ];
}

function listOf({ app }: Group): string[] | undefined {
  return app?.verdict.kind === 'app'
    ? app.verdict.appFile.spec.workloads?.map(normalizePath)
    : undefined;
}

/** More workloads than an app may have are many apps, each in a folder of its own. */
function splitByFolder(group: Group): Group[] {
  const { scores } = group;
  if (scores.length <= MAX_SCORE_FILES) return [group];
  const folders = new Map<string, Checked[]>();
  for (const score of scores) {
    const folder = posix.dirname(pathOf(score));
    folders.set(folder, [...(folders.get(folder) ?? []), score]);
  }
  return [...folders.values()].map(each => ({ ...group, scores: each }));
}

const LAST = Number.MAX_SAFE_INTEGER; // what is said of a whole file

async function judgeGroup(
  group: Group,
  {
    platform,
    io,
    judge,
  }: { platform: PlatformFile[]; io: Pick<Io, 'hasFile'>; judge: Judge },
): Promise<Finding[]> {
  const { root, app, scores } = group;
  const [first = app] = scores;
  if (!first) return [];
  if (app && scores.length > MAX_SCORE_FILES)
    return [findingOf(app.file, tooManyScoreFiles(scores.length))];
  const appFile = app?.verdict.kind === 'app' ? app.verdict.appFile : undefined;
  const names = new Map(
    [...(app ? [app] : []), ...scores].map(each => [
      each === app ? 'app.yaml' : relativeTo(root, pathOf(each)),
      each,
    ]),
  );
  const mounts = scores.flatMap(({ verdict }) =>
    verdict.kind === 'score' ? verdict.mounts : [],
  );
  const hasFile = (path: string) => io.hasFile(posix.join(root, path));
  const unread = (listOf(group) ?? []).filter(path => !names.has(path));
  const { errors, warnings } = await judge.app({
    sources: {
      app: appFile?.metadata.name ?? 'app',
      paths: [...names.keys(), ...[...mounts, ...unread].filter(hasFile)],
      texts: Object.fromEntries(
        [...names].map(([name, { text }]) => [name, text]),
      ),
    },
    ...(appFile && { appFile }),
    workloads: [
      ...scores.map(score => relativeTo(root, pathOf(score))),
      ...unread.filter(path => !hasFile(path)),
    ],
    isPartOfApp: group.isPart,
    platform,
  });
  const fileOf = ({ at }: Problem) => (names.get(at?.file ?? '') ?? first).file;
  const order = [...names.values()].map(({ file }) => file);
  return [
    ...errors.map(each => findingOf(fileOf(each), each)),
    ...warnings.map(each => findingOf(fileOf(each), each, 'warning')),
  ].sort(
    (a, b) =>
      order.indexOf(a.file) - order.indexOf(b.file) ||
      (a.line ?? LAST) - (b.line ?? LAST) ||
      (a.column ?? LAST) - (b.column ?? LAST),
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
