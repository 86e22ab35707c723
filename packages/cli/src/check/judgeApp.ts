import type {
  AppFile,
  PlatformFile,
  Problem,
} from '@callboard/plugin-callboard-common';
import {
  type AppSources,
  BUILT_IN_PROVISIONERS,
  compileProvisioner,
  judgeWorkloads,
  resolveEnvironments,
} from '@callboard/plugin-callboard-core';

/** The files of one app, each of which is good by itself. */
export interface AppQuestion {
  sources: AppSources;
  appFile?: AppFile;
  /** Paths of the score files. */
  workloads: string[];
  /** What was given of the platform's files. */
  platform: PlatformFile[];
}

export interface AppVerdict {
  errors: Problem[];
  warnings: Problem[];
}

/** Judges the files of an app together, as a push of them is judged. */
export function judgeApp(question: AppQuestion): AppVerdict {
  const verdict: AppVerdict = { errors: [], warnings: [] };
  const { platform, workloads, appFile } = question;
  const problem = workloads.length > 0 ? judgeTogether(question) : undefined;
  if (problem?.code === 'resource-type-unknown' && platform.length === 0)
    // A platform gives more than what is built in; which one it is, nobody said.
    verdict.warnings.push({
      ...problem,
      next: 'Give the files of the platform too, where it provides this type',
    });
  else if (problem) verdict.errors.push(problem);
  const environments = platform.flatMap(file =>
    file.kind === 'Environment' ? [file] : [],
  );
  const resolved =
    environments.length > 0
      ? resolveEnvironments(environments, appFile)
      : undefined;
  if (resolved && !resolved.ok) verdict.errors.push(resolved.problem);
  return verdict;
}

function judgeTogether({
  sources,
  appFile,
  workloads,
  platform,
}: AppQuestion): Problem | undefined {
  const provisioners = platform.flatMap(file => {
    if (file.kind !== 'Provisioner') return [];
    const compiled = compileProvisioner(file);
    return compiled.ok ? compiled.value : [];
  });
  const work = judgeWorkloads(sources, listing(workloads, appFile), {
    provisioners: [...provisioners, ...BUILT_IN_PROVISIONERS],
  });
  let step = work.next();
  while (!step.done) step = work.next();
  return step.value.ok ? undefined : step.value.problem;
}

/** A file of any name may be checked; a push finds only those that app.yaml lists, or that are called score.yaml. */
function listing(workloads: string[], appFile: AppFile | undefined): AppFile {
  return {
    apiVersion: 'callboard.dev/v1alpha1',
    kind: 'App',
    metadata: { name: 'app' },
    ...appFile,
    spec: { ...appFile?.spec, workloads },
  };
}
