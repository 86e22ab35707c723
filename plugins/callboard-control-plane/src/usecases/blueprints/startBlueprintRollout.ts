import {
  type ChangeCalendar,
  type DecisionGroupSpec,
  type Problem,
  type Result,
  failed,
  isRecord,
  ok,
  parsePlatformFiles,
} from '@callboard/plugin-callboard-common';
import {
  type Strategy,
  phaseOf,
  readStrategy,
  resolveBlueprint,
  startRollout,
} from '@callboard/plugin-callboard-core';
import type { Platform } from '../../Platform';
import { lastInWaves } from '../../reconcile/blueprints/lastInWaves';
import { observeBlueprint } from '../../reconcile/blueprints/observeBlueprint';
import { clusterStatusOf } from '../../reconcile/fleet/clusterStatusOf';
import { record } from '../../reconcile/record';
import type { FleetReader, Recorder } from '../../reconcile/roles';
import {
  type BlueprintRolloutRecord,
  findBlueprintRollouts,
  findBlueprintTargets,
  lockBlueprints,
  saveBlueprintRollout,
} from '../../store';
import type { ControlPlane } from '../ControlPlane';
import { rolloutRefused, versionMissing } from './problems';

/** For a platform without an environment that rolls out in waves. */
const CAREFUL = {
  type: 'Progressive',
  progressive: {
    maxConcurrency: '10%',
    minSuccessTime: '1m',
    progressDeadline: '10m',
    maxFailures: 0,
  },
};

/**
 * Starts to roll out a version over the clusters that follow it. Nothing is
 * applied here: the reconciler takes the first step. A rollout under way is
 * left to finish; one that was aborted, or waits only for clusters, is
 * replaced.
 */
export async function startBlueprintRollout(
  input: Parameters<ControlPlane['startBlueprintRollout']>[0],
  context: Recorder & FleetReader,
): Promise<Result<{ id: string }>> {
  const { blueprint: name, version, why, actor } = input;
  const { deps } = context;
  const of = { name, version };
  const { blueprints } = deps.platform;
  const file = blueprints.find(
    ({ metadata, spec }) => metadata.name === name && spec.version === version,
  );
  if (!file) return failed(versionMissing(of, blueprints));
  if (file.spec.state !== 'active')
    return failed(
      rolloutRefused(of, {
        why: `it is ${
          file.spec.state === 'draft' ? 'a draft' : file.spec.state
        }`,
        next: 'Set its state to "active" in its file, or roll out another version',
      }),
    );
  const resolved = resolveBlueprint(blueprints, of);
  if (!resolved.ok) return resolved;
  const strategy = readRolloutStrategy(input.strategy, deps.platform);
  if (!strategy.ok)
    return failed(
      rolloutRefused(of, {
        why: strategy.problem.why,
        next: strategy.problem.next,
      }),
    );
  const statuses = await clusterStatusOf(context);

  return record(
    context,
    undefined,
    async (tx, { journal, signal, wake }): Promise<Result<{ id: string }>> => {
      await lockBlueprints(tx);
      const now = deps.clock.now();
      const former = await findBlueprintRollouts(tx, { blueprint: name });
      const last = former.find(({ finishedAt }) => !finishedAt);
      const refused = last && judgeLast(last, of, now);
      if (refused) return failed(refused);
      if (last)
        await saveBlueprintRollout(tx, { ...last, finishedAt: now }, now);
      const targets = (await findBlueprintTargets(tx)).filter(
        each => each.name === name,
      );
      const { decisionGroups, changes } = strategy.value;
      const { groups } = await observeBlueprint(
        tx,
        { decisionGroups },
        { file, clusterStatusOf: statuses },
      );
      const { rollout } = startRollout(
        {
          revision: String(version),
          strategy: strategy.value.strategy,
          groups: [],
        },
        now,
      );
      const before =
        targets.find(({ channel }) => channel === '') ?? targets[0];
      const number = (former[0]?.number ?? 0) + 1;
      const started: BlueprintRolloutRecord = {
        blueprint: name,
        number,
        version,
        // A repeated rollout of the same version has no version to roll back to.
        ...(before && before.version !== version && { before: before.version }),
        targetsBefore: Object.fromEntries(
          targets.map(each => [each.channel, each.version]),
        ),
        startedBy: actor,
        startedAt: now,
        why,
        decisionGroups,
        contacts: {},
        unwell: {},
        // The reconciler checks which clusters are reachable before it starts the first one.
        rollout: {
          ...rollout,
          groups,
          ...(changes && { changes }),
          lastNotified: '',
        },
      };
      await saveBlueprintRollout(tx, started, now);
      journal({
        at: now,
        actor,
        action: 'blueprint.rollout-started',
        message: `Rollout ${number} of blueprint ${name} brings version ${version} to ${
          groups.flatMap(({ clusters }) => clusters).length
        } clusters`,
        why,
        ...(before && { before: { version: before.version } }),
        after: { version, groups },
      });
      signal({ kind: 'fleet' });
      wake({ kind: 'blueprint-rollout', blueprint: name });
      return ok({ id: String(number) });
    },
  );
}

/** Why another rollout cannot begin; `undefined` where the last one may be replaced. */
function judgeLast(
  last: BlueprintRolloutRecord,
  of: { name: string; version: number },
  now: Date,
): Problem | undefined {
  const { kind } = phaseOf(last.rollout, now);
  if (kind === 'aborted' || kind === 'done' || kind === 'waiting-for-clusters')
    return undefined;
  return rolloutRefused(of, {
    why: `rollout ${last.number} of version ${last.version} is under way`,
    next: `Wait for it, or abort it: POST /blueprints/${of.name}/rollouts/${last.number}/actions with "abort"`,
  });
}

/** The requested strategy, otherwise that of the last environment that rolls out in waves. */
function readRolloutStrategy(
  asked: Record<string, unknown> | undefined,
  { environments }: Pick<Platform, 'environments'>,
): Result<{
  strategy: Strategy;
  decisionGroups: DecisionGroupSpec[];
  changes?: ChangeCalendar;
}> {
  const { decisionGroups = [], changes, ...written } = asked ?? {};
  const usual = lastInWaves(environments)?.spec.rollout;
  const rollout =
    isRecord(written) && 'type' in written ? written : usual ?? CAREFUL;
  const checked = checkAsEnvironment(rollout, { decisionGroups, changes });
  if (checked) return failed(checked);
  const strategy = readStrategy(rollout);
  if (!strategy.ok) return strategy;
  return ok({
    strategy: strategy.value,
    decisionGroups: decisionGroups as DecisionGroupSpec[],
    ...(changes !== undefined && { changes: changes as ChangeCalendar }),
  });
}

/** Checked by the rules of an environment's file: the words are the same. */
function checkAsEnvironment(
  rollout: unknown,
  { decisionGroups, changes }: { decisionGroups: unknown; changes: unknown },
): Problem | undefined {
  const parsed = parsePlatformFiles(
    JSON.stringify({
      apiVersion: 'callboard.dev/v1alpha1',
      kind: 'Environment',
      metadata: { name: 'strategy' },
      spec: {
        order: 1,
        rollout,
        changes,
        placement: { decisionStrategy: { groupStrategy: { decisionGroups } } },
      },
    }),
    { file: 'strategy' },
  );
  return parsed.ok ? undefined : parsed.problem;
}
