import type {
  BlueprintSummary,
  Cluster,
} from '@callboard/plugin-callboard-common';
import {
  type BlueprintVersionChoice,
  listVersions,
} from '../BlueprintsPage/listVersions';

/** Lists the blueprints that a cluster can run, the one on most clusters first. */
export function chooseBlueprints(
  blueprints: readonly BlueprintSummary[],
  clusters: readonly Cluster[],
): BlueprintVersionChoice[] {
  const uses = (name: string) =>
    clusters.filter(({ blueprint }) => blueprint?.name === name).length;
  return listVersions(blueprints)
    .filter(({ state }) => state === 'active')
    .filter(
      ({ name, version }, _, active) =>
        version ===
        Math.max(
          ...active
            .filter(other => other.name === name)
            .map(other => other.version),
        ),
    )
    .sort(
      (a, b) =>
        uses(b.name) - uses(a.name) || a.name.localeCompare(b.name, 'en'),
    );
}
