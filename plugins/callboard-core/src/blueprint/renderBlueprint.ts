import {
  FIELD_MANAGER,
  type KubeObject,
  LABELS,
} from '@callboard/plugin-callboard-common';
import { sortKeys } from '../render/canonicalJson';
import type { ResolvedBlueprint } from './types';

/**
 * Renders the objects of each add-on as they are applied, with the labels by
 * which they are found again. Keys sorted.
 */
export function renderBlueprint(
  resolved: ResolvedBlueprint,
): Array<{ addon: string; objects: KubeObject[] }> {
  return resolved.addons.map(addon => ({
    addon: addon.name,
    objects: addon.objects.map(object =>
      sortKeys({
        ...object,
        metadata: {
          ...object.metadata,
          labels: {
            ...object.metadata.labels,
            [LABELS.managedBy]: FIELD_MANAGER,
            [LABELS.partOf]: resolved.name,
            [LABELS.component]: addon.name,
            [LABELS.blueprint]: resolved.name,
          },
        },
      }),
    ),
  }));
}
