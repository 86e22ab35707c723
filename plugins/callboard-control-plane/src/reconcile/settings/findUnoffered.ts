import {
  type NeededSetting,
  type SettingsInForce,
  type UnofferedSecret,
  findUnofferedSecrets,
  traitsOf,
} from '@callboard/plugin-callboard-core';
import type { Platform } from '../../Platform';
import type { ClusterRecord } from '../../store';
import type { SettingsOf } from './loadSettings';

/** Returns the first secret that one of some clusters cannot read from its source. */
export function findUnoffered(
  of: SettingsOf,
  reads: {
    needed: readonly NeededSetting[];
    settings: SettingsInForce | undefined;
  },
  on: {
    clusters: readonly Pick<ClusterRecord, 'file'>[];
    platform: Pick<Platform, 'blueprints'>;
  },
): UnofferedSecret | undefined {
  for (const { file } of on.clusters) {
    const traits = traitsOf(file, on.platform.blueprints);
    const [unoffered] = findUnofferedSecrets(of, reads, traits);
    if (unoffered) return unoffered;
  }
  return undefined;
}
