import type { RevisionSpec } from '@callboard/plugin-callboard-node';
import type { Knex } from 'knex';
import { fromJson } from '../json';
import { memoizeText } from '../memoizeText';
import type { RevisionRow } from '../tables';

const KEPT_CHARACTERS = 2_000_000;

const readSpec = memoizeText(fromJson<RevisionSpec>, KEPT_CHARACTERS);

/**
 * The newest spec of each app: of the revision of its newest release, and of
 * its newest push where nothing was released yet; by app, up to an instant.
 */
export async function findNewestSpecs(
  tx: Knex,
  filter: { app?: string; at?: Date } = {},
): Promise<Map<string, RevisionSpec>> {
  const pushed = await newest(tx, filter, {
    table: 'revisions',
    order: 'position',
    time: 'pushed_at',
  });
  const released = await newest(tx, filter, {
    table: 'releases',
    order: 'number',
    time: 'created_at',
  });
  return new Map(
    [...pushed, ...released].map(row => [row.app, readSpec(row.spec)]),
  );
}

async function newest(
  tx: Knex,
  { app, at }: { app?: string; at?: Date },
  {
    table,
    order,
    time,
  }: { table: 'revisions' | 'releases'; order: string; time: string },
): Promise<Array<Pick<RevisionRow, 'app' | 'spec'>>> {
  const last = tx({ any: table })
    .max(`any.${order}`)
    .where('any.app', tx.ref('one.app'));
  if (at) last.where(`any.${time}`, '<=', at.getTime());
  const query = tx({ one: table }).where(`one.${order}`, '=', last);
  if (table === 'releases') {
    query
      .join('revisions', join =>
        join
          .on('revisions.app', 'one.app')
          .andOn('revisions.position', 'one.position'),
      )
      .select('one.app', 'revisions.spec');
  } else {
    query.select('one.app', 'one.spec');
  }
  if (app !== undefined) query.where('one.app', app);
  return (await query) as Array<Pick<RevisionRow, 'app' | 'spec'>>;
}
