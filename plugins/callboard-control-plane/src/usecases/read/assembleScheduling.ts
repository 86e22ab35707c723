import {
  describeRefusals,
  waitingToLeave,
} from '@callboard/plugin-callboard-core';
import type {
  ClusterScheduling,
  DrainingApp,
} from '@callboard/plugin-callboard-common';
import { awaitedBy } from '../../reconcile/delivery/awaitsReplacement';
import { titleOfEnvironment } from '../../reconcile/placing/findEnvironment';
import { clustersGivenUp } from '../../reconcile/rolling/clustersGivenUp';
import type { DeploymentRecord } from '../../store';
import { type FleetSnapshot, environmentKey } from './FleetSnapshot';

/**
 * Whether a cluster accepts apps, and which of the included apps have not left
 * it yet where it is drained. It is drained once no app at all is left.
 */
export function assembleScheduling(
  cluster: string,
  snapshot: FleetSnapshot,
  counts: (app: string) => boolean,
): ClusterScheduling {
  const known = snapshot.schedulings.get(cluster);
  if (!known) return { state: 'open' };
  const cause = {
    since: known.since.toISOString(),
    by: known.by,
    ...(known.why !== undefined && { why: known.why }),
  };
  if (known.mode === 'cordoned') return { state: 'cordoned', ...cause };
  const left = (snapshot.deploymentsOn.get(cluster) ?? []).flatMap(deployment =>
    toDrainingApp(deployment, snapshot),
  );
  return left.length === 0
    ? { state: 'drained', ...cause }
    : {
        state: 'draining',
        left: left.filter(({ app }) => counts(app)),
        ...cause,
      };
}

function toDrainingApp(
  { key, state }: DeploymentRecord,
  snapshot: FleetSnapshot,
): DrainingApp[] {
  if (key.kind !== 'app') return [];
  const { app, environment, cluster } = key;
  const name = {
    app,
    environment,
    environmentTitle: titleOfEnvironment(
      snapshot.platform.environments,
      environment,
    ),
  };
  const decision = snapshot.placements.get(environmentKey(key))?.decision;
  if (decision && waitingToLeave(decision).includes(cluster)) {
    const [why] = describeRefusals(decision, Infinity);
    const message = why
      ? `No other cluster takes it. ${why}`
      : 'There is no other cluster';
    return [{ ...name, state: 'stuck', to: [], message }];
  }
  if (!decision || decision.chosen.includes(cluster)) {
    const message = 'It is being placed elsewhere';
    return [{ ...name, state: 'moving', to: [], message }];
  }
  const isLive = (other: string) =>
    snapshot.clusterStatusOf(other).freshness === 'live';
  const others = (snapshot.deployments.get(environmentKey(key)) ?? []).filter(
    other => other.key.cluster !== cluster,
  );
  const known = others.map(other => other.key.cluster);
  const to = [
    ...awaitedBy({ key }, others, {
      isLive,
      givenUp: clustersGivenUp(
        snapshot.rollouts.get(environmentKey(key)),
        snapshot.now,
      ),
    }),
    // Their wave has not started.
    ...decision.chosen.filter(chosen => !known.includes(chosen)),
  ];
  const message =
    to.length > 0
      ? `It waits until it is Healthy on ${to.join(', ')}`
      : describeRemoval(state, isLive(cluster));
  return [{ ...name, state: 'moving', to, message }];
}

function describeRemoval(
  { desiredRelease }: DeploymentRecord['state'],
  isLive: boolean,
): string {
  if (!isLive) return 'It is removed once the cluster is in contact again';
  return desiredRelease === undefined
    ? 'It is being removed'
    : 'It is removed once its rollout is done';
}
