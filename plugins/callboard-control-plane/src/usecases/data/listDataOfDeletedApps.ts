import type { KeptData } from '@callboard/plugin-callboard-common';
import type { FactReader } from '../../reconcile/roles';
import {
  type KeptDataRecord,
  findApps,
  findClusters,
  findKeptData,
  findLastApp,
} from '../../store';
import type { ControlPlane } from '../ControlPlane';
import { describeKeptData } from './describeKeptData';

/**
 * Data left by deleted apps, by app, environment and cluster. An app whose name
 * is used again has it on its page, and not here.
 */
export async function listDataOfDeletedApps(
  {
    at,
    onlyApps,
    after,
    limit,
    mayPromote,
    ...reader
  }: Parameters<ControlPlane['listDataOfDeletedApps']>[0],
  context: FactReader,
): Promise<KeptData[]> {
  const { knex } = context.deps;
  const there = new Set((await findApps(knex, at)).map(({ name }) => name));
  const mayRead = onlyApps && new Set(onlyApps);
  const kept = (await findKeptData(knex, { at }))
    .filter(({ app }) => !there.has(app) && (mayRead?.has(app) ?? true))
    .sort(compareKept)
    .filter(data => !after || compareKept(data, after) > 0)
    .slice(0, limit);
  const registered = new Set(
    (await findClusters(knex, at)).map(({ name }) => name),
  );
  const owners = new Map<string, boolean>();
  for (const { app } of kept)
    if (!owners.has(app)) {
      const last = await findLastApp(knex, app);
      owners.set(app, last !== undefined && mayPromote(last));
    }
  return Promise.all(
    kept.map(data =>
      describeKeptData(
        data,
        {
          reader: { ...reader, mayPromote: owners.get(data.app) ?? false },
          registered,
        },
        context,
      ),
    ),
  );
}

type Place = Pick<KeptDataRecord, 'app' | 'environment' | 'cluster'>;

/** Text is compared by code unit, as the pages of the list are. */
function compareKept(a: Place, b: Place): number {
  const [left, right] = [a, b].map(({ app, environment, cluster }) => [
    app,
    environment,
    cluster,
  ]);
  const index = left.findIndex((part, at) => part !== right[at]);
  if (index < 0) return 0;
  return left[index] < right[index] ? -1 : 1;
}
