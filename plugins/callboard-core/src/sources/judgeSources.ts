import {
  type AppFile,
  type FieldPath,
  type ParsedScore,
  type Problem,
  type Result,
  type SourceLocation,
  failed,
  formatPath,
  ok,
  parseAppFile,
  parseScore,
  parseYamlDocuments,
} from '@callboard/plugin-callboard-common';
import { compareText } from '../placement/selectors';
import {
  type CheckWorkloadsInput,
  checkWorkloads,
  findWorkloadProblems,
} from '../render';
import {
  buildsOf,
  fileMissing,
  folderMissing,
  mountsOf,
  normalizePath,
  sourcesOf,
} from './sourcesOf';

/** Files that describe an app. */
export interface AppSources {
  app: string;
  /** Every path of its repository. */
  paths: readonly string[];
  /** Texts of app.yaml and of its score files, by path. */
  texts: Readonly<Record<string, string>>;
}

const APP_FILE = 'app.yaml';

/** Reads the app.yaml of an app, where it has one. It has to be its own. */
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

/** Rules by which the workloads of an app are judged, beside its files. */
type WorkloadRules = Pick<CheckWorkloadsInput, 'provisioners' | 'platform'>;

/**
 * Judges the workloads of an app by its files alone, with the same problems as
 * a refused push: every score file of the revision, or those that app.yaml
 * lists, in their order. Yields before each of them, so that other requests are
 * served in between.
 */
export function* judgeWorkloads(
  sources: AppSources,
  appFile: AppFile | undefined,
  rules: WorkloadRules = {},
): Generator<void, Result<ParsedScore[]>> {
  const paths = scorePathsOf(sources, appFile);
  if (paths.length === 0) return failed(scoreMissing());
  const scores: ParsedScore[] = [];
  for (const [index, path] of paths.entries()) {
    const text = sources.texts[path];
    if (text === undefined)
      return failed(listedScoreMissing(path, index, sources));
    yield;
    const score = parseScore(text, { file: path });
    if (!score.ok) return score;
    scores.push(score.value);
  }
  const [missing] = filesMissing(sources, scores);
  if (missing) return failed(missing);
  const renderable = checkWorkloads(
    renderInput({ sources, appFile, scores, rules }),
  );
  return renderable.ok ? ok(scores) : renderable;
}

/**
 * Finds all faults of the workloads of an app, with the problems of
 * `judgeWorkloads`. A score file whose text is not given is left out.
 *
 * @param isPartOfApp - whether there are workloads beside those of `appFile`;
 *   references to them are no fault
 * @param parse - reads a score file, for a caller that has already parsed it
 * @param most - largest number of problems to find
 */
export function findWorkloadFaults(
  sources: AppSources,
  appFile: AppFile | undefined,
  {
    isPartOfApp = false,
    parse = parseScore,
    most,
    ...rules
  }: WorkloadRules & {
    isPartOfApp?: boolean;
    parse?: typeof parseScore;
    most: number;
  },
): Problem[] {
  const paths = scorePathsOf(sources, appFile);
  if (paths.length === 0) return [scoreMissing()];
  const problems: Problem[] = [];
  const scores: ParsedScore[] = [];
  for (const [index, path] of paths.entries()) {
    const text = sources.texts[path];
    if (text === undefined) {
      if (!sources.paths.includes(path))
        problems.push(listedScoreMissing(path, index, sources));
      continue;
    }
    const score = parse(text, { file: path });
    if (score.ok) scores.push(score.value);
    else problems.push(...score.problems);
  }
  problems.push(...filesMissing(sources, scores));
  const others = findWorkloadProblems({
    ...renderInput({ sources, appFile, scores, rules }),
    isPartOfApp: isPartOfApp || scores.length < paths.length,
  });
  for (const problem of others) {
    if (problems.length >= most) break;
    problems.push(problem);
  }
  return problems.slice(0, most);
}

function renderInput({
  sources,
  appFile,
  scores,
  rules,
}: {
  sources: AppSources;
  appFile: AppFile | undefined;
  scores: ParsedScore[];
  rules: WorkloadRules;
}): CheckWorkloadsInput {
  const mounted = sourcesOf(scores.map(({ workload }) => workload));
  return {
    ...rules,
    app: sources.app,
    workloads: scores,
    deploy: appFile?.spec.deploy,
    environments: appFile?.spec.environments,
    locateInAppFile: path => locateInAppFile(sources, path),
    files: Object.fromEntries(
      mounted.map(path => [path, sources.texts[path] ?? '']),
    ),
  };
}

/**
 * Finds files that workloads mount, and folders that they are built from, that
 * are missing in the revision, by their path.
 */
function filesMissing(
  { paths }: AppSources,
  scores: readonly ParsedScore[],
): Problem[] {
  const known = new Set(paths);
  const files = scores
    .flatMap(mountsOf)
    .filter(({ path }) => !known.has(path))
    .map(each => ({ ...each, problem: fileMissing(each.path) }));
  const folders = scores
    .flatMap(buildsOf)
    .filter(({ path }) => !hasFolder(path, paths))
    .map(each => ({ ...each, problem: folderMissing(each.path) }));
  return [...files, ...folders]
    .sort((a, b) => compareText(a.path, b.path))
    .map(({ problem, at }) => ({ ...problem, at }));
}

function hasFolder(folder: string, paths: readonly string[]): boolean {
  return (
    folder === '.' ||
    paths.some(path => path === folder || path.startsWith(`${folder}/`))
  );
}

/** Returns the position of a field in app.yaml. */
export function locateInAppFile(
  { texts }: Pick<AppSources, 'texts'>,
  path: FieldPath,
): SourceLocation {
  const documents = parseYamlDocuments(texts[APP_FILE] ?? '', {
    file: APP_FILE,
  });
  const [document] = documents.ok ? documents.value : [];
  return document
    ? document.locate(path)
    : { file: APP_FILE, path: formatPath(path) };
}

/** Returns the paths of the app's score files. */
export function scorePathsOf(
  { paths }: Pick<AppSources, 'paths'>,
  appFile: AppFile | undefined,
): string[] {
  const listed = appFile?.spec.workloads?.map(normalizePath);
  return listed ?? paths.filter(isScoreFile).sort(compareScorePaths);
}

/**
 * Compares score files in the order of an app's workloads: the file at the top
 * without a name of its own comes first.
 */
export function compareScorePaths(a: string, b: string): number {
  return Number(isFirst(b)) - Number(isFirst(a)) || compareText(a, b);
}

function isFirst(path: string): boolean {
  return /^score\.ya?ml$/.test(path);
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

function listedScoreMissing(
  path: string,
  index: number,
  sources: Pick<AppSources, 'texts'>,
): Problem {
  return {
    code: 'score-missing',
    what: `Cannot find workload "${path}"`,
    why: 'app.yaml lists it, and the revision holds no such score file',
    next: 'Commit the file under a name that ends in score.yaml, or take it off spec.workloads',
    transient: false,
    at: locateInAppFile(sources, ['spec', 'workloads', index]),
  };
}
