import {
  type AppFile,
  type ParsedScore,
  type Problem,
  type Result,
  failed,
  ok,
  parseAppFile,
  parseScore,
} from '@callboard/plugin-callboard-common';
import { type CheckWorkloadsInput, checkWorkloads } from '../render';
import { fileMissing, normalizePath, sourcesOf } from './sourcesOf';

/** What an app is described by. */
export interface AppSources {
  app: string;
  /** Every path of its repository. */
  paths: readonly string[];
  /** Texts of app.yaml and of its score files, by path. */
  texts: Readonly<Record<string, string>>;
}

const APP_FILE = 'app.yaml';

/** The app.yaml of an app, where it has one. It has to be its own. */
export function readAppFile({
  app,
  texts,
}: AppSources): Result<AppFile | undefined> {
  const text = texts[APP_FILE];
  if (text === undefined) return ok(undefined);
  const appFile = parseAppFile(text, { file: APP_FILE });
  if (!appFile.ok) return appFile;
  const { name } = appFile.value.metadata;
  return name === app ? appFile : failed(nameDiffers(app, name));
}

/**
 * Judges the workloads of an app by its files alone, in the words in which a push is refused: every score file of the
 * revision, or those that app.yaml lists, in their order. It pauses before each of them, so that others have their turn.
 */
export function* judgeWorkloads(
  sources: AppSources,
  appFile: AppFile | undefined,
  rules: Omit<
    CheckWorkloadsInput,
    'app' | 'workloads' | 'files' | 'deploy'
  > = {},
): Generator<void, Result<ParsedScore[]>> {
  const paths = scorePathsOf(sources, appFile);
  if (paths.length === 0) return failed(scoreMissing());
  const scores: ParsedScore[] = [];
  for (const path of paths) {
    const text = sources.texts[path];
    if (text === undefined) return failed(listedScoreMissing(path));
    yield;
    const score = parseScore(text, { file: path });
    if (!score.ok) return score;
    scores.push(score.value);
  }
  const mounted = sourcesOf(scores.map(({ workload }) => workload));
  const missing = mounted.find(path => !sources.paths.includes(path));
  if (missing !== undefined) return failed(fileMissing(missing));
  const renderable = checkWorkloads({
    ...rules,
    app: sources.app,
    workloads: scores,
    deploy: appFile?.spec.deploy,
    files: Object.fromEntries(
      mounted.map(path => [path, sources.texts[path] ?? '']),
    ),
  });
  return renderable.ok ? ok(scores) : renderable;
}

/** Where the workloads of an app are described. */
export function scorePathsOf(
  { paths }: Pick<AppSources, 'paths'>,
  appFile: AppFile | undefined,
): string[] {
  const listed = appFile?.spec.workloads?.map(normalizePath);
  return listed ?? paths.filter(isScoreFile).sort();
}

function isScoreFile(path: string): boolean {
  return (
    /(^|\/)([^/]+\.)?score\.ya?ml$/.test(path) &&
    !path.split('/').includes('node_modules')
  );
}

function nameDiffers(app: string, name: string): Problem {
  return {
    code: 'app-name-differs',
    what: `Cannot use app.yaml for "${app}"`,
    why: `its metadata.name is "${name}"`,
    next: `Set metadata.name to "${app}", or push to "${name}"`,
    transient: false,
    at: { file: APP_FILE, path: 'metadata.name' },
  };
}

function scoreMissing(): Problem {
  return {
    code: 'score-missing',
    what: 'Cannot release what was pushed',
    why: 'it holds no score.yaml, which says what to run',
    next: 'Add a score.yaml that names at least one container, then push again',
    transient: false,
  };
}

function listedScoreMissing(path: string): Problem {
  return {
    code: 'score-missing',
    what: `Cannot find workload "${path}"`,
    why: 'app.yaml lists it, and the revision holds no such score file',
    next: 'Commit the file under a name that ends in score.yaml, or take it off spec.workloads',
    transient: false,
    at: { file: APP_FILE, path: 'spec.workloads' },
  };
}
