import {
  MAX_SCORE_FILES,
  type PlatformFile,
  type Problem,
  tooManyScoreFiles,
} from '@callboard/plugin-callboard-common';
import { normalizePath } from '@callboard/plugin-callboard-core';
import { posix } from 'node:path';
import type { Io } from '../Io';
import { type Finding, findingOf } from './Finding';
import type { Judge } from './Judge';
import { type Checked, pathOf } from './readFiles';

/** The files of one app. */
export interface Group {
  /** The folder of its app.yaml, `.` where there is none. */
  root: string;
  app?: Checked;
  scores: Checked[];
  /** Whether there are score files that cannot be read. */
  isPart: boolean;
}

/** Splits off the score files that app.yaml does not list: they are not part of its app. */
export function splitByList(group: Group): Group[] {
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

const LAST = Number.MAX_SAFE_INTEGER; // for findings about a whole file

/** Judges the files of one app together. */
export async function judgeGroup(
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
    scores: Object.fromEntries(
      scores.flatMap(score =>
        score.verdict.kind === 'score'
          ? [[relativeTo(root, pathOf(score)), score.verdict.workload]]
          : [],
      ),
    ),
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

/** Path of a file relative to the folder of its app. */
function relativeTo(root: string, path: string): string {
  return root === '.' ? path : posix.relative(root, path);
}
