import {
  type BlueprintFile,
  blueprintOfCluster,
} from '@callboard/plugin-callboard-common';
import { chooseVersion } from '@callboard/plugin-callboard-core';
import type { Knex } from 'knex';
import type { Platform } from '../../Platform';
import {
  type BlueprintRolloutRecord,
  type ClusterRecord,
  type DeploymentRecord,
  type DeploymentState,
  findBlueprintRolloutsUnderWay,
  findBlueprintTargets,
  findDeployment,
  saveBlueprintTarget,
  saveDeployment,
} from '../../store';
import { NOTHING_YET } from '../placing/setDesiredReleases';
import type { Consequences } from '../record';
import { versionFor } from './versionFor';

const NO_VERSION = 0; // of a blueprint that the platform does not describe

/** Data by which the versions of clusters are chosen. */
export interface BlueprintFleet {
  files: readonly BlueprintFile[];
  /** By `name/channel`. */
  targets: Map<string, number>;
  underWay: ReadonlyMap<string, BlueprintRolloutRecord>;
}

export async function readBlueprintFleet(
  tx: Knex,
  { blueprints: files }: Pick<Platform, 'blueprints'>,
): Promise<BlueprintFleet> {
  const targets = await findBlueprintTargets(tx);
  return {
    files,
    targets: new Map(
      targets.map(({ name, channel, version }) => [
        `${name}/${channel}`,
        version,
      ]),
    ),
    underWay: await findBlueprintRolloutsUnderWay(tx),
  };
}

/**
 * Sets the desired blueprint of a cluster, in the version that it names or that
 * rollouts brought to clusters like it. The blueprint of a cluster that no
 * longer names one is to be removed.
 */
export async function wantBlueprint(
  tx: Knex.Transaction,
  cluster: ClusterRecord,
  {
    consequences,
    fleet,
    at,
  }: { consequences: Consequences; fleet: BlueprintFleet; at: Date },
): Promise<void> {
  const key = { kind: 'blueprint', cluster: cluster.name } as const;
  const blueprint = blueprintOfCluster(cluster.file);
  const current = await findDeployment(tx, key);
  if (blueprint === undefined) {
    if (!current) return;
    const { desiredRelease: _left, ...state } = current.state;
    await saveDeployment(tx, { ...current, state }, at);
    consequences.wake({ kind: 'delivery', key });
    return;
  }
  const { name, channel = '' } = blueprint;
  const known = current?.name === name ? current.state : undefined;
  const target = fleet.targets.get(`${name}/${channel}`);
  const rollout = fleet.underWay.get(name);
  const version = chooseVersion(
    { name: cluster.name, blueprint, current: known?.desiredRelease },
    {
      target,
      underWay: rollout && {
        version: versionFor(rollout, channel),
        updated: rollout.rollout.updated,
      },
      files: fleet.files,
    },
  );
  if (version && !blueprint.version && target === undefined) {
    fleet.targets.set(`${name}/${channel}`, version);
    await saveBlueprintTarget(tx, { name, channel, version }, at);
  }
  // A blueprint that no file describes is still desired; the delivery reports what is wrong
  // with it.
  await wantVersion(
    tx,
    { cluster: cluster.name, name, version: version ?? NO_VERSION },
    { consequences, at, current },
  );
}

/**
 * Sets which version of its blueprint a cluster shall run.
 *
 * @param isAfresh - the version is set again: the known state no longer counts
 */
export async function wantVersion(
  tx: Knex.Transaction,
  wanted: { cluster: string; name: string; version: number },
  {
    consequences: { wake },
    at,
    current,
    isAfresh = false,
  }: {
    consequences: Consequences;
    at: Date;
    /** The deployment of the blueprint on the cluster, as just read. */
    current: DeploymentRecord | undefined;
    isAfresh?: boolean;
  },
): Promise<void> {
  const { cluster, name, version } = wanted;
  const key = { kind: 'blueprint', cluster } as const;
  const isSame =
    current?.name === name && current.state.desiredRelease === version;
  if (isSame && !isAfresh) return;
  const state = pending(current?.state, version);
  await saveDeployment(tx, { key, name, state }, at);
  wake({ kind: 'delivery', key });
}

/**
 * The state of another version says nothing of this one. What was applied no
 * longer counts either: a run of the previous version may have been cut short
 * after it had sent something, so that all of this version is sent.
 */
function pending(
  before: DeploymentState | undefined,
  desiredRelease: number,
): DeploymentState {
  if (!before) return { ...NOTHING_YET, desiredRelease };
  const { problem: _solved, appliedFingerprint: _former, ...state } = before;
  return {
    ...state,
    inventory: {},
    desiredRelease,
    sync: 'OutOfSync',
    health: {
      status: 'Progressing',
      reason: 'Releasing',
      message: `Version ${desiredRelease} is on its way`,
    },
    findings: [],
  };
}
