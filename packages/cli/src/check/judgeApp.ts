import {
  type AppFile,
  type Checked,
  type ParsedScore,
  type Problem,
  filesOfKind,
  parseScore,
} from '@callboard/plugin-callboard-common';
import type { AppQuestion, AppVerdict } from './AppQuestion';
import { judgeByPolicies } from './judgeByPolicies';
import {
  BUILT_IN_PROVISIONERS,
  compareScorePaths,
  compileProvisioners,
  findEnvironmentProblems,
  findWorkloadFaults,
  locateInAppFile,
} from '@callboard/plugin-callboard-core';

const MOST_FAULTS = 50;

const moreFaults: Problem = {
  code: 'score-invalid',
  what: 'Cannot deploy the workloads of this app',
  why: '… and more faults in these files',
  next: 'Correct those above, and check again',
  transient: false,
};

/** Judges the files of an app together, as a push of them is judged. */
export function judgeApp(question: AppQuestion): AppVerdict {
  const { sources, platform, workloads, appFile } = question;
  const problems = workloads.length > 0 ? judgeTogether(question) : [];
  // A platform may provide resource types beyond the built-in ones; without platform files
  // this is unknown.
  const isGuess = ({ code }: Problem) =>
    code === 'resource-type-unknown' && platform.length === 0;
  const environments = filesOfKind(platform, 'Environment');
  const misfits =
    environments.length > 0
      ? findEnvironmentProblems(environments, appFile, {
          locate: path => locateInAppFile(sources, path),
        })
      : [];
  const errors = [...problems.filter(problem => !isGuess(problem)), ...misfits];
  // An app that cannot be deployed has no objects to judge.
  const policies =
    errors.length > 0
      ? { errors: [], warnings: [] }
      : judgeByPolicies(question);
  return {
    errors: [...errors, ...policies.errors],
    warnings: [
      ...problems.filter(isGuess).map(problem => ({
        ...problem,
        next: 'Give the files of the platform too, where it provides this type',
      })),
      ...policies.warnings,
    ],
  };
}

function judgeTogether({
  sources,
  appFile,
  workloads,
  scores,
  isPartOfApp,
  platform,
}: AppQuestion): Problem[] {
  const provisioners = compileProvisioners(
    filesOfKind(platform, 'Provisioner'),
  );
  const problems = findWorkloadFaults(sources, listing(workloads, appFile), {
    provisioners: [...provisioners, ...BUILT_IN_PROVISIONERS],
    platform: filesOfKind(platform, 'Environment'),
    isPartOfApp,
    parse: (text, { file }) => readAgain(text, { file, scores }),
    most: MOST_FAULTS + 1,
  });
  return problems.length <= MOST_FAULTS
    ? problems
    : [...problems.slice(0, MOST_FAULTS), moreFaults];
}

/** Reuses the workload of a good file; positions of its fields are needed rarely, and then it is parsed again. */
function readAgain(
  text: string,
  { file, scores }: { file: string } & Pick<AppQuestion, 'scores'>,
): Checked<ParsedScore> {
  if (!Object.hasOwn(scores, file)) return parseScore(text, { file });
  let located: ParsedScore['locate'] | undefined;
  return {
    ok: true,
    value: {
      workload: scores[file],
      warnings: [],
      upgrades: [],
      locate: path => {
        located ??= locatorOf(text, file);
        return located(path);
      },
    },
  };
}

function locatorOf(text: string, file: string): ParsedScore['locate'] {
  const score = parseScore(text, { file });
  return score.ok ? score.value.locate : () => ({ file });
}

/**
 * Lists score files under any name, as if app.yaml listed them: a push finds
 * only those that app.yaml lists, or that are called score.yaml, and reads them
 * in their order.
 */
function listing(workloads: string[], appFile: AppFile | undefined): AppFile {
  return {
    apiVersion: 'callboard.dev/v1alpha1',
    kind: 'App',
    metadata: { name: 'app' },
    ...appFile,
    spec: {
      ...appFile?.spec,
      workloads:
        appFile?.spec.workloads ?? [...workloads].sort(compareScorePaths),
    },
  };
}
