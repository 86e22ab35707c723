import {
  CURRENT_RENDERER,
  type PolicyVerdict,
  nameBuiltImages,
  policyDenied,
  policyWarnings,
  resolveEnvironments,
  sourcesOf,
} from '@callboard/plugin-callboard-core';
import type { Problem } from '@callboard/plugin-callboard-common';
import type { JudgedPush } from '@callboard/plugin-callboard-node';
import { readFleet } from '../../reconcile/placing/readFleet';
import type { Recorder, ReleaseJudge } from '../../reconcile/roles';
import { judgeOnItsWay } from './judgeOnItsWay';
import { recordDenial } from './recordDenial';

/** An image that the push builds has no name yet. */
const NOT_BUILT_YET = 'not-built-yet';

/** Verdict of the policies on a push. */
export interface PushedVerdict {
  /** In an environment that a push releases to: the push is refused. */
  refusal?: Problem;
  /** Policies that warn, and those that will deny it in later environments. */
  warnings: string[];
}

/**
 * Judges a push by the policies of every environment of the app. A denial in
 * the first one refuses it and is in the journal; later denials are reported as
 * warnings.
 */
export async function judgePushed(
  push: JudgedPush,
  context: Recorder & ReleaseJudge,
): Promise<PushedVerdict> {
  const { deps } = context;
  const verdict: PushedVerdict = { warnings: [] };
  if ((deps.platform.policies ?? []).length === 0) return verdict;
  const { app, spec, title, owner, system, revision } = push;
  const environments = resolveEnvironments(
    [...deps.platform.environments],
    spec.appFile,
  );
  if (!environments.ok) return verdict;
  let fleet: ReturnType<typeof readFleet> | undefined;
  const readOnce = () => (fleet ??= readFleet(context));
  for (const environment of environments.value) {
    const verdicts = await judgeOnItsWay(
      {
        app: {
          name: app,
          title,
          owner,
          ...(system !== undefined && { system }),
        },
        release: {
          number: 0,
          ...revision,
          renderer: CURRENT_RENDERER,
          content: {
            ...spec,
            images: nameBuiltImages(spec.workloads, NOT_BUILT_YET),
            // Their contents are read when the release is made.
            files: Object.fromEntries(
              sourcesOf(spec.workloads).map(path => [path, '']),
            ),
          },
        },
        environment,
      },
      context,
      readOnce,
    );
    const problem = policyDenied(verdicts, {
      what:
        environment.order === 1
          ? `Cannot push to "${app}"`
          : `${environment.title} will refuse this release`,
      app,
      environment: environment.name,
    });
    verdict.warnings.push(...policyWarnings(verdicts, environment.title));
    if (problem && environment.order > 1)
      verdict.warnings.push(`${problem.what}: ${problem.why}`);
    if (problem && environment.order === 1) {
      await denied({ push, problem, verdicts }, environment.name, context);
      return { refusal: problem, warnings: [] };
    }
  }
  return verdict;
}

async function denied(
  of: {
    push: JudgedPush;
    problem: Problem;
    verdicts: readonly PolicyVerdict[];
  },
  environment: string,
  context: Recorder,
): Promise<void> {
  const { push, problem, verdicts } = of;
  const { app, actor } = push;
  await recordDenial({ app, actor, environment, problem, verdicts }, context);
}
