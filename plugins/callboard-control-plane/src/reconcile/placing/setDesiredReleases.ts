import type { Health, HealthReason } from '@callboard/plugin-callboard-common';
import type { Knex } from 'knex';
import {
  type DeploymentKey,
  type DeploymentRecord,
  type DeploymentState,
  findDeploymentsIn,
  saveDeployment,
} from '../../store';
import type { Consequences } from '../record';

/** State of a deployment of which only the desired state is known. */
export const NOTHING_YET: DeploymentState = {
  sync: 'Unknown',
  health: progressing('Placed', 'It was placed here'),
  instances: { ready: 0, wanted: 0 },
  urls: [],
  parts: [],
  drift: [],
  findings: [],
  inventory: {},
};

/** A release together with its settings. */
export interface DesiredRevision {
  release: number;
  /** Number of the last change of the settings; absent where nothing is set. */
  settings?: number;
}

/** Desired state of an app on a cluster. */
export interface DesiredOnCluster extends DesiredRevision {
  /** Replicas of each workload, where they are divided. */
  replicas?: number;
}

/** Desired state by cluster; clusters that are missing shall have nothing. */
export type DesiredByCluster = ReadonlyMap<string, DesiredOnCluster>;

/** Returns the same release for all of these clusters, with the share of replicas of each. */
export function onAll(
  clusters: readonly string[],
  revision: DesiredRevision,
  replicas: ReadonlyMap<string, number>,
): DesiredByCluster {
  return new Map(
    clusters.map(cluster => [
      cluster,
      placeOf(revision, replicas.get(cluster)),
    ]),
  );
}

export function placeOf(
  { release, settings }: DesiredRevision,
  replicas?: number,
): DesiredOnCluster {
  return {
    release,
    ...(settings !== undefined && { settings }),
    ...(replicas !== undefined && { replicas }),
  };
}

/** Returns the desired revision of a deployment; undefined where it is to be removed. */
export function revisionOf(
  state:
    | Pick<DeploymentState, 'desiredRelease' | 'desiredSettings'>
    | undefined,
): DesiredRevision | undefined {
  const { desiredRelease: release, desiredSettings: settings } = state ?? {};
  return release === undefined
    ? undefined
    : { release, ...(settings !== undefined && { settings }) };
}

/** Whether both are the same release with the same settings. */
export function isSameRevision(
  a: DesiredRevision | undefined,
  b: DesiredRevision | undefined,
): boolean {
  return a?.release === b?.release && a?.settings === b?.settings;
}

/** Names a revision for rollouts: `7`, or `7 with settings 12`. */
export function nameRevision({ release, settings }: DesiredRevision): string {
  return settings === undefined
    ? String(release)
    : `${release} with settings ${settings}`;
}

/**
 * Sets the desired release of every deployment of an environment. Deployments
 * that have it already are unchanged.
 *
 * @param afresh - clusters for which it is set again: their known state no
 *   longer counts
 */
export async function setDesiredReleases(
  tx: Knex.Transaction,
  input: {
    app: string;
    environment: string;
    desired: DesiredByCluster;
    afresh?: readonly string[];
    now: Date;
  },
  { wake, signal }: Pick<Consequences, 'wake' | 'signal'>,
): Promise<void> {
  const { app, environment, desired, afresh = [], now } = input;
  const existing = await findByCluster(tx, { app, environment });
  for (const cluster of new Set([...desired.keys(), ...existing.keys()])) {
    const key: DeploymentKey = { kind: 'app', app, environment, cluster };
    const before = existing.get(cluster)?.state;
    const state = stateFor(before, desired.get(cluster), {
      isAfresh: afresh.includes(cluster),
    });
    if (!state) continue;
    if (await saveDeployment(tx, { key, name: app, state }, now))
      signal({ kind: 'app', name: app });
    wake({ kind: 'delivery', key });
  }
}

/** Returns the state of a deployment once the desired state is written; undefined where it is set already. */
function stateFor(
  before: DeploymentState | undefined,
  place: DesiredOnCluster | undefined,
  { isAfresh }: { isAfresh: boolean },
): DeploymentState | undefined {
  const isSame = isSameRevision(revisionOf(before), place) && !isAfresh;
  if (!before || !isSame)
    return place
      ? pending(before ?? NOTHING_YET, place)
      : terminating(before ?? NOTHING_YET);
  return before.desiredReplicas === place?.replicas
    ? undefined
    : resizing(before, place?.replicas);
}

/** The state of another release says nothing of this one. */
function pending(
  before: DeploymentState,
  { release, settings, replicas }: DesiredOnCluster,
): DeploymentState {
  const {
    problem: _solved,
    desiredReplicas: _divided,
    desiredSettings: _former,
    ...state
  } = before;
  const isOnlySet = before.desiredRelease === release;
  return {
    ...state,
    desiredRelease: release,
    ...(settings !== undefined && { desiredSettings: settings }),
    ...(replicas !== undefined && { desiredReplicas: replicas }),
    sync: 'OutOfSync',
    health: progressing(
      'Releasing',
      isOnlySet && settings !== before.desiredSettings
        ? `Release ${release} comes again, with what was set or asked for since`
        : `Release ${release} is on its way`,
    ),
    findings: [],
  };
}

/**
 * Changes the number of replicas of the same release. With more replicas it is
 * not in place yet, so that whatever awaits them waits; with fewer, the
 * remaining ones are as they were.
 */
function resizing(
  before: DeploymentState,
  replicas: number | undefined,
): DeploymentState {
  const { desiredReplicas, ...state } = before;
  const size = replicas === undefined ? {} : { desiredReplicas: replicas };
  if ((replicas ?? Infinity) <= (desiredReplicas ?? Infinity))
    return { ...state, ...size };
  return {
    ...state,
    ...size,
    sync: 'OutOfSync',
    health: progressing(
      'Growing',
      replicas === undefined
        ? 'More instances are wanted here'
        : `${replicas} instances are wanted here, ${desiredReplicas} before`,
    ),
  };
}

/** Marks a deployment as no longer desired; its applied state is known until it is gone. */
function terminating(before: DeploymentState): DeploymentState {
  const {
    desiredRelease: _left,
    desiredSettings: _former,
    desiredReplicas: _divided,
    desiredFingerprint: _unwanted,
    problem: _solved,
    ...state
  } = before;
  return {
    ...state,
    sync: 'OutOfSync',
    health: progressing('Removing', 'It is being removed'),
    findings: [],
  };
}

function progressing(reason: HealthReason, message: string): Health {
  return { status: 'Progressing', reason, message };
}

/** Deployments of one environment of an app, by cluster. */
export async function findByCluster(
  tx: Knex,
  of: { app: string; environment: string },
): Promise<Map<string, DeploymentRecord>> {
  const deployments = await findDeploymentsIn(tx, of);
  return new Map(deployments.map(each => [each.key.cluster, each]));
}
