import type { Knex } from 'knex';
import { toJson } from '../json';
import { writeVersion } from '../temporal';
import type { PlacementRecord } from './PlacementRecord';

/** Records a decision, from `decidedAt` on. A decision equal to the previous one changes nothing. */
export async function savePlacement(
  tx: Knex.Transaction,
  placement: PlacementRecord,
): Promise<boolean> {
  const { app, environment, release, decision, decidedAt } = placement;
  const { changed } = await writeVersion(tx, 'placements', {
    about: { subject: `${app}/${environment}`, app },
    values: { app, environment, release, decision: toJson(decision) },
    at: decidedAt,
  });
  return changed;
}
