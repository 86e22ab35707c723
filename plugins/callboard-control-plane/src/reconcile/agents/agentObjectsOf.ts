import {
  type KubeObject,
  type Result,
  ok,
} from '@callboard/plugin-callboard-common';
import {
  guardRailsOf,
  renderGuardRails,
} from '@callboard/plugin-callboard-core';
import type { Platform } from '../../Platform';
import type { ClusterRecord } from '../../store';
import { renderBlueprintOf } from '../delivery/renderDelivery';

/** Stands for all apps: rights are by kind. */
const ANY_APP = { app: 'app', environment: 'environment' };

/**
 * Objects that an agent needs rights for beside what every app is made of: those
 * of the cluster's blueprint and what blocks changes of it, and of the guard rails that it holds apps to.
 *
 * @param cluster - with the version that it shall run
 */
export function agentObjectsOf(
  cluster: ClusterRecord,
  platform: Platform,
): Result<KubeObject[]> {
  const blueprint = renderBlueprintOf(cluster, platform, {
    platformUser: 'agent',
  });
  if (!blueprint.ok) return blueprint;
  return ok([
    ...(blueprint.value?.objects ?? []),
    ...renderGuardRails(
      guardRailsOf(cluster.file, platform.blueprints),
      ANY_APP,
    ),
  ]);
}
