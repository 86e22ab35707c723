import {
  type AppFile,
  type EnvironmentFile,
  type Result,
  type ScoreWorkload,
  type SourceLocation,
  type Problem,
  failed,
  formatPath,
  ok,
} from '@callboard/plugin-callboard-common';
import type { FieldPath } from '@callboard/plugin-callboard-common';
import { findAddressFaults } from '../addresses';
import { type RenderFault, type Rendered, renderProblem } from './RenderFault';
import { nameBuiltImages } from './nameBuiltImages';
import {
  type SoundWorkload,
  findOverrideFaults,
  findUnallowed,
  unknownName,
} from './overrides';
import { render } from './renderWorkload';
import { CURRENT_RENDERER } from './renderers';
import type { Provisioner } from './resources';
import { entryOf, takeOutFault } from './takeOutFault';
import type { SourceFile } from './types';

export interface CheckWorkloadsInput {
  app: string;
  /** Results of `parseScore`; `locate` lets a problem name the line. */
  workloads: Array<{
    workload: ScoreWorkload;
    locate?: (path: FieldPath) => SourceLocation;
  }>;
  files: Record<string, SourceFile>;
  /** Provisioners of resources; the built-in ones when omitted. */
  provisioners?: readonly Provisioner[];
  /** Settings of workloads in app.yaml. */
  deploy?: AppFile['spec']['deploy'];
  /** Environments in app.yaml. */
  environments?: AppFile['spec']['environments'];
  /** Environments of the platform, with their limits for apps. */
  platform?: readonly EnvironmentFile[];
  /** Position of a field in app.yaml. */
  locateInAppFile?: (path: FieldPath) => SourceLocation;
  /** Only some workloads of the app are given: references to the others are no fault. */
  isPartOfApp?: boolean;
}

/**
 * Checks whether the workloads of an app can be rendered, before anything is
 * built or a branch moves: placeholders, resource types, files, ports, amounts,
 * names.
 */
export function checkWorkloads(input: CheckWorkloadsInput): Result<void> {
  const [first] = findWorkloadProblems(input);
  return first ? failed(first) : ok(undefined);
}

/**
 * Finds everything that `checkWorkloads` could refuse, in its order: each
 * faulty field is removed before the next attempt. Lazy: it works only as far
 * as it is iterated.
 */
export function* findWorkloadProblems({
  app,
  workloads,
  files,
  provisioners,
  deploy = {},
  environments = [],
  platform = [],
  locateInAppFile,
  isPartOfApp = false,
}: CheckWorkloadsInput): Generator<Problem, void> {
  const all = workloads.map(({ workload }) => workload);
  const seen = new Set<string>();
  const sound: SoundWorkload[] = [];
  const inScore = new Map<string, (fault: RenderFault) => Problem>();
  for (const [index, { workload, locate }] of workloads.entries()) {
    const { name } = workload.metadata;
    const inLine = (fault: RenderFault) => {
      const problem = renderProblem(name, fault);
      return locate ? withLine(problem, locate(fault.path)) : problem;
    };
    if (seen.has(name)) {
      yield inLine(twice(name));
      continue;
    }
    seen.add(name);
    inScore.set(name, inLine);
    const settings = Object.hasOwn(deploy, name) ? deploy[name] : {};
    const tryToRender = (rest: ScoreWorkload) => {
      // References of others to its service are kept, so that its own faults do not become
      // theirs.
      all[index] = { ...workload, resources: rest.resources };
      return render({
        app,
        environment: 'check',
        release: 1,
        renderer: CURRENT_RENDERER,
        settings,
        workload: rest,
        // The images of a build are not known yet.
        images: nameBuiltImages([workload], 'not-built-yet')[name],
        exposure: { type: 'ClusterIP' },
        replicas: 1,
        files,
        workloads: all,
        ...(provisioners && { provisioners }),
      });
    };
    const objects = tryToRender(workload);
    if (objects.ok) {
      sound.push({
        workload,
        settings,
        objects: objects.value,
        findFaults: changed => findFaults(changed, tryToRender),
      });
      continue;
    }
    for (const fault of findFaults(workload, tryToRender))
      if (!isPartOfApp || !asksForOthers(workload, fault)) yield inLine(fault);
  }
  const names = isPartOfApp ? undefined : [...seen].sort();
  const inAppFile = (fault: RenderFault) =>
    appFileProblem(fault, locateInAppFile);
  for (const stranger of names ? Object.keys(deploy) : [])
    if (!seen.has(stranger))
      yield inAppFile(
        unknownName(
          ['spec', 'deploy', stranger],
          'workload of this app',
          names ?? [],
        ),
      );
  for (const fault of findOverrideFaults({
    environments,
    workloads: sound,
    names,
  }))
    yield inAppFile(fault);
  if (names)
    for (const fault of findAddressFaults(app, {
      environments,
      platform,
      workloads: all,
    }))
      yield inAppFile(fault);
  for (const { workload, fault } of findUnallowed(platform, {
    environments,
    workloads: sound,
  })) {
    const inFile = inScore.get(workload?.workload.metadata.name ?? '');
    yield (inFile ?? inAppFile)(fault);
  }
}

function* findFaults(
  workload: ScoreWorkload,
  tryToRender: (rest: ScoreWorkload) => Rendered<unknown>,
): Generator<RenderFault, void> {
  const reported = new Set<string>();
  let rest: ScoreWorkload | undefined = workload;
  while (rest) {
    const outcome = tryToRender(rest);
    if (outcome.ok) return;
    const { fault } = outcome;
    const entry = formatPath(entryOf(fault));
    const isReported = reported.has(entry);
    // A fault that only follows from the removal is not reported.
    if (!isReported) yield fault;
    reported.add(entry);
    rest = takeOutFault(rest, fault, isReported);
  }
}

/** Returns whether a fault may only be due to workloads that are not given. */
function asksForOthers(
  { resources = {} }: ScoreWorkload,
  { path: [root, name, , param] }: RenderFault,
): boolean {
  return (
    root === 'resources' &&
    resources[String(name)]?.type === 'service-port' &&
    (param === 'workload' || param === 'port')
  );
}

function appFileProblem(
  { code, path, why, next }: RenderFault,
  locate: CheckWorkloadsInput['locateInAppFile'],
): Problem {
  const at = formatPath(path);
  return {
    code,
    what: 'Cannot use app.yaml',
    why: `${at}: ${why}`,
    next,
    transient: false,
    at: locate?.(path) ?? { file: 'app.yaml', path: at },
  };
}

function twice(name: string): RenderFault {
  return {
    code: 'workload-name-taken',
    path: ['metadata', 'name'],
    why: `another workload of this app is called "${name}" too`,
    next: 'Give each workload a name of its own',
  };
}

function withLine(
  problem: ReturnType<typeof renderProblem>,
  at: SourceLocation,
): ReturnType<typeof renderProblem> {
  return {
    ...problem,
    what: `${problem.what} (${at.file}, line ${at.line})`,
    at,
  };
}
