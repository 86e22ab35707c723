import type { BlueprintSummary } from '@callboard/plugin-callboard-common';
import type { ReconcileContext } from '../../reconcile/ReconcileContext';
import { findPlatformFiles } from '../../store';
import type { ReadOptions } from '../ControlPlane';

/** Every version of every blueprint that the platform defines: by name, the newest version first. */
export async function listBlueprints(
  { deps }: Pick<ReconcileContext, 'deps'>,
  { at }: ReadOptions = {},
): Promise<BlueprintSummary[]> {
  const { blueprints } = at
    ? await findPlatformFiles(deps.knex, at)
    : deps.platform;
  return blueprints
    .map(({ metadata: { name, title, description }, spec }) => ({
      name,
      title: title ?? name,
      ...(description !== undefined && { description }),
      version: spec.version,
      state: spec.state,
      ...(spec.base !== undefined && { base: spec.base }),
    }))
    .sort((a, b) => compareText(a.name, b.name) || b.version - a.version);
}

function compareText(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}
