import {
  type Result,
  type RolloutAnswer,
  failed,
  ok,
} from '@callboard/plugin-callboard-common';
import type { FactReader } from '../../reconcile/roles';
import { type BlueprintRolloutRecord, findBlueprintRollout } from '../../store';
import type { ReadOptions } from '../ControlPlane';
import { assembleRollout } from '../read/assembleRollout';
import { rolloutMissing } from './problems';

/** A rollout of a version, under way or finished, now or at an instant. */
export async function getBlueprintRollout(
  of: { blueprint: string; id: string },
  { deps }: FactReader,
  { at }: ReadOptions = {},
): Promise<Result<RolloutAnswer>> {
  const record = await findBlueprintRollout(
    deps.knex,
    { blueprint: of.blueprint, number: Number(of.id) },
    at,
  );
  return record
    ? ok(toAnswer(record, at ?? deps.clock.now()))
    : failed(rolloutMissing(of));
}

/** In the shape of an app's rollout: the version in place of the release. */
export function toAnswer(
  record: BlueprintRolloutRecord,
  now: Date,
): RolloutAnswer {
  const { version, before, startedBy, startedAt, rollout } = record;
  return assembleRollout(
    {
      release: rollout.purpose === 'roll-back' ? before ?? version : version,
      ...(before !== undefined && rollout.purpose === 'roll-out' && { before }),
      startedBy,
      startedAt,
      rollout,
      noun: 'version',
    },
    now,
  );
}
