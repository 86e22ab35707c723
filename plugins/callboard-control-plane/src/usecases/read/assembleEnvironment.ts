import {
  type ResolvedEnvironment,
  assessEnvironment,
  countWantedReplicas,
  describeEntity,
  nameChange,
  viewAddresses,
  viewProbe,
} from '@callboard/plugin-callboard-core';
import type {
  DeploymentView,
  AppEnvironment,
  EnvironmentAddress,
  Freshness,
  Problem,
  Release,
} from '@callboard/plugin-callboard-common';
import type {
  EnvironmentOperationRecord,
  PlacementRecord,
  ReleaseHead,
} from '../../store';
import { assembleDeployment } from './assembleDeployment';
import { summarizeRollout } from './assembleRollout';
import { type FleetSnapshot, environmentKey } from './FleetSnapshot';
import { sayPlacement } from './sayPlacement';

/** One environment of an app, as its page shows it. */
export function assembleEnvironment(
  of: {
    app: string;
    environment: Pick<
      ResolvedEnvironment,
      'name' | 'title' | 'promotion' | 'addresses' | 'requestedAddresses'
    > & {
      problem?: Problem;
    };
  },
  snapshot: FleetSnapshot,
): AppEnvironment {
  const { app, environment } = of;
  const key = environmentKey({ app, environment: environment.name });
  const wanted = snapshot.environmentReleases.get(key);
  const placement = snapshot.placements.get(key);
  const deployments = snapshot.deployments.get(key) ?? [];
  const operation = snapshot.operations.get(key);
  const rolled = snapshot.rollouts.get(key);
  const rollout = rolled && summarizeRollout(rolled, snapshot.now);
  const clusters = deployments.map(deployment =>
    assembleDeployment(
      deployment,
      snapshot,
      placement && countWantedReplicas(placement.decision),
    ),
  );
  const head = wanted && snapshot.releases.get(`${app}/${wanted.release}`);
  const problem =
    environment.problem ??
    deployments
      .map(({ state }) => state.problem)
      .find(each => each && !each.transient);
  return {
    name: environment.name,
    title: environment.title,
    release: head ? toRelease(head) : null,
    ...settingsOf(clusters, wanted?.release),
    ...(wanted && {
      releasedBy: wanted.releasedBy,
      releasedAt: wanted.releasedAt.toISOString(),
    }),
    health: assessEnvironment({
      release: wanted?.release,
      ...(placement && {
        placement: {
          release: placement.release,
          says: sayPlacement(placement.decision, environment.title),
        },
      }),
      clusters: clusters.filter(
        ({ desiredRelease }) => desiredRelease !== null,
      ),
      ...(rollout && { rollout }),
      ...(operation?.state === 'stopped' && {
        stopped: sayStopped(operation),
      }),
    }),
    freshness: worstFreshness(clusters),
    clusters,
    ...addressesOf(of, clusters, snapshot),
    findings: deployments.flatMap(({ state }) => state.findings),
    placement: placement ? placementOf(placement, environment.title) : null,
    ...(operation && { operation: operationOf(operation) }),
    ...(rollout && { rollout }),
    ...promotionOf(of, snapshot),
    ...(problem && { problem }),
  };
}

function operationOf({
  state,
  replicas,
  changedBy,
  since,
  why,
}: EnvironmentOperationRecord): NonNullable<AppEnvironment['operation']> {
  return {
    state,
    ...(replicas !== undefined && { replicas }),
    by: changedBy,
    at: since.toISOString(),
    ...(why !== undefined && { why }),
  };
}

function sayStopped({ changedBy, why }: EnvironmentOperationRecord): string {
  const says = `${describeEntity(changedBy)} stopped it`;
  return why === undefined ? says : `${says}: ${why}`;
}

/** Every change has a higher number than those before it. */
function settingsOf(
  clusters: readonly DeploymentView[],
  release: number | undefined,
): Pick<AppEnvironment, 'settings'> {
  const versions = clusters.flatMap(({ desiredRelease, settings }) =>
    desiredRelease === release && settings !== undefined ? [settings] : [],
  );
  return versions.length > 0 ? { settings: Math.max(...versions) } : {};
}

/** A release as lists show it. */
export function toRelease(head: ReleaseHead): Release {
  const { number, commit, message, author, createdAt } = head;
  return {
    number,
    revision: commit,
    message,
    author,
    createdAt: createdAt.toISOString(),
  };
}

/** Address for users: the app's in the environment, by its own name, or at a cluster where it is Healthy. */
function addressesOf(
  {
    app,
    environment,
  }: {
    app: string;
    environment: Pick<
      ResolvedEnvironment,
      'name' | 'addresses' | 'requestedAddresses'
    >;
  },
  clusters: readonly DeploymentView[],
  snapshot: FleetSnapshot,
): Pick<AppEnvironment, 'url' | 'addresses'> {
  const open = clusters.filter(({ urls }) => urls.length > 0);
  const best =
    open.find(({ health }) => health.status === 'Healthy') ?? open[0];
  const addresses =
    clusters.length === 0
      ? []
      : viewAddresses(
          {
            app,
            environment,
            workloads: snapshot.specs.get(app)?.workloads ?? [],
          },
          open.flatMap(({ urls }) => urls),
        ).map(address => ({
          ...address,
          ...probeOf(address, { app, environment }, snapshot),
        }));
  const url =
    addresses.find(({ accepted }) => accepted)?.url ??
    (best &&
      (snapshot.appUrlOf({ app, environment: environment.name }) ?? best.url));
  return {
    ...(url !== undefined && { url }),
    ...(addresses.length > 0 && { addresses }),
  };
}

/** The portal's probe result: an address that no cluster accepts yet is not judged by it. */
function probeOf(
  { url, accepted }: EnvironmentAddress,
  {
    app,
    environment,
  }: {
    app: string;
    environment: Pick<ResolvedEnvironment, 'name' | 'addresses'>;
  },
  { probes, now }: FleetSnapshot,
): Pick<EnvironmentAddress, 'probe'> {
  const found = accepted ? probes.get(url) : undefined;
  const via = environment.addresses?.via;
  return found?.app === app && found.environment === environment.name && via
    ? { probe: viewProbe(found.probe, { targets: found.targets, via, now }) }
    : {};
}

const FRESHNESS_ORDER: readonly Freshness[] = ['live', 'stale', 'unreachable'];

function worstFreshness(clusters: readonly DeploymentView[]): Freshness {
  const worst = Math.max(
    0,
    ...clusters.map(({ freshness }) => FRESHNESS_ORDER.indexOf(freshness)),
  );
  return FRESHNESS_ORDER[worst];
}

function placementOf(
  placement: PlacementRecord,
  title: string,
): NonNullable<AppEnvironment['placement']> {
  const { satisfied, wanted, chosen } = placement.decision;
  return {
    satisfied,
    ...(wanted !== undefined && { wanted }),
    chosen: chosen.length,
    message: sayPlacement(placement.decision, title),
  };
}

function promotionOf(
  {
    app,
    environment,
  }: {
    app: string;
    environment: Pick<ResolvedEnvironment, 'name' | 'promotion'>;
  },
  { environmentReleases, stays }: FleetSnapshot,
): Pick<AppEnvironment, 'promotion'> {
  const { from, approval } = environment.promotion ?? {};
  if (from === undefined) return {};
  const releaseIn = (name: string) =>
    environmentReleases.get(environmentKey({ app, environment: name }))
      ?.release;
  const there = releaseIn(from);
  const current = releaseIn(environment.name);
  const candidate = there !== undefined && there !== current ? there : null;
  const stayOf = (release: number) =>
    stays.get(
      `${environmentKey({ app, environment: environment.name })}/${release}`,
    );
  const left = candidate === null ? undefined : stayOf(candidate)?.next;
  return {
    promotion: {
      from,
      candidate,
      ...(candidate !== null &&
        current !== undefined && {
          change: nameChange(
            stayOf(candidate) ?? { release: candidate },
            stayOf(current) ?? { release: current },
          ),
        }),
      ...(approval !== undefined && { approval }),
      ...(left?.change === 'rollback' && {
        rolledBack: {
          to: left.release,
          by: left.by,
          at: left.at.toISOString(),
        },
      }),
    },
  };
}
