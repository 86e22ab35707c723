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

/** A placeholder for all apps: permissions are granted by kind. */
const ANY_APP = { app: 'app', environment: 'environment' };

/**
 * Objects that an agent needs permissions for beside those of apps: the objects
 * of the cluster's blueprint, of what blocks changes to it, and of its guard
 * rails.
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
