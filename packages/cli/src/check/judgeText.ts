import {
  type AppFile,
  type PlatformFile,
  type Problem,
  type ScoreWorkload,
  locateInPlatformFile,
  parseAppFile,
  parseScore,
  readPlatformDocuments,
} from '@callboard/plugin-callboard-common';
import {
  buildFoldersOf,
  checkPlatformFiles,
  sourcesOf,
} from '@callboard/plugin-callboard-core';
import { type Finding, findingOf } from './Finding';
import { kindOf } from './kindOf';
import type { FileKind } from './kindOfName';

/** The verdict on one file by itself. Plain data: it comes from another thread. */
export type TextVerdict = { findings: Finding[] } & (
  | FaultyText
  | { kind: 'app'; appFile: AppFile }
  | { kind: 'score'; workload: ScoreWorkload; mounts: string[] }
  | { kind: 'platform'; files: PlatformFile[] }
);

interface FaultyText {
  kind: 'faulty';
  /** The kind of the file, were it without faults. */
  of: FileKind;
}

export function judgeText(file: string, text: string): TextVerdict {
  switch (kindOf(file, text)) {
    case 'score':
      return judgeScore(file, text);
    case 'app': {
      const appFile = parseAppFile(text, { file });
      return appFile.ok
        ? { kind: 'app', findings: [], appFile: appFile.value }
        : faulty('app', file, appFile.problems);
    }
    default:
      return judgePlatform(file, text);
  }
}

function faulty(
  of: FileKind,
  file: string,
  problems: readonly Problem[],
): TextVerdict {
  return {
    kind: 'faulty',
    of,
    findings: problems.map(problem => findingOf(file, problem)),
  };
}

function judgeScore(file: string, text: string): TextVerdict {
  const score = parseScore(text, { file });
  if (!score.ok) return faulty('score', file, score.problems);
  const what = `The workload ${file} is of an older Score`;
  return {
    kind: 'score',
    findings: score.value.upgrades.map(upgrade =>
      findingOf(file, { what, ...upgrade }, 'warning'),
    ),
    workload: score.value.workload,
    mounts: [
      ...sourcesOf([score.value.workload]),
      ...buildFoldersOf([score.value.workload]),
    ],
  };
}

function judgePlatform(file: string, text: string): TextVerdict {
  const documents = readPlatformDocuments(text, { file });
  if (!documents.ok) return faulty('platform', file, [documents.problem]);
  const files: PlatformFile[] = [];
  const problems: Problem[] = [];
  for (const document of documents.value) {
    if (document.ok) files.push(document.value);
    else problems.push(...document.problems);
  }
  if (documents.value.length === 0) problems.push(emptyProblem(file));
  if (problems.length === 0)
    problems.push(
      ...checkPlatformFiles(files, (name, path) =>
        locateInPlatformFile(text, { file, kind: 'Policy', name }, path),
      ),
    );
  return problems.length === 0
    ? { kind: 'platform', findings: [], files }
    : faulty('platform', file, problems);
}

function emptyProblem(file: string): Problem {
  return {
    code: 'platform-file-invalid',
    what: `Cannot read ${file}`,
    why: 'the file is empty',
    next: 'Start with "apiVersion" and "kind", or leave the file away',
    transient: false,
  };
}
