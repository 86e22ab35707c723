import { type SecretContents } from '@callboard/plugin-callboard-core';
import {
  type KubeObject,
  type Problem,
  type Result,
  failed,
  listOf,
  ok,
  refOf,
} from '@callboard/plugin-callboard-common';
import {
  type AppDeploymentKey,
  type ResourceSecretRecord,
  findClusters,
  findDeploymentsIn,
} from '../../../store';
import { freshnessOf } from '../../fleet/Fleet';
import type { FleetReader } from '../../roles';
import { type Data, dataOf, keysOf, missingOf } from './secretData';

/**
 * Reads values from clusters that may have them, starting with the one that
 * generated them. A cluster that is not in contact is awaited, one that is no
 * longer registered is not: values that only that one had are lost until a
 * person decides.
 */
export async function copySecrets(
  records: readonly ResourceSecretRecord[],
  secret: KubeObject,
  {
    key,
    wanted,
    context,
    signal,
  }: {
    key: AppDeploymentKey;
    wanted: SecretContents;
    context: FleetReader;
    signal: AbortSignal;
  },
): Promise<Result<Data>> {
  const { knex, clock } = context.deps;
  const others = (await findDeploymentsIn(knex, key)).map(
    other => other.key.cluster,
  );
  const homes = records.map(({ home }) => home);
  const holders = [...new Set([...homes, ...others])].filter(
    name => name !== key.cluster,
  );
  const registered = new Set((await findClusters(knex)).map(each => each.name));
  const data: Data = {};
  const unreachable: string[] = [];
  let left = records.map(({ resource }) => resource);
  for (const name of holders.filter(each => registered.has(each))) {
    if (left.length === 0) break;
    const holder = context.fleet.get(name);
    const isLive =
      holder?.isWatching && freshnessOf(holder, clock.now()) === 'live';
    const read = isLive
      ? await holder.connection.read(refOf(secret), { signal })
      : undefined;
    if (!read?.ok) {
      unreachable.push(name);
      continue;
    }
    const absent = missingOf(wanted, read.value);
    const held = dataOf(read.value);
    for (const resource of left.filter(each => !absent.includes(each)))
      for (const [each] of keysOf(wanted, resource)) data[each] = held[each];
    left = left.filter(resource => absent.includes(resource));
  }
  if (left.length === 0) return ok(data);
  const missing = records.filter(({ resource }) => left.includes(resource));
  const isDrawing = missing.some(
    ({ state, home }) => state === 'drawing' && registered.has(home),
  );
  return failed(
    unreachable.length > 0 || isDrawing
      ? waitsForSecrets(
          key,
          unreachable.length > 0
            ? `${listOf(unreachable)}, which may have them, cannot be asked`
            : 'the cluster that makes them has not done so',
        )
      : secretsLost(key, {
          resources: left,
          gone: holders.filter(each => !registered.has(each)),
        }),
  );
}

/** The problem that an app's cluster does not have its secrets yet, but will. */
export function waitsForSecrets(
  { app, cluster }: AppDeploymentKey,
  why: string,
): Problem {
  return {
    code: 'secrets-not-copied',
    what: `Cannot give "${app}" its secrets on ${cluster} yet`,
    why,
    next: 'They are copied as soon as that cluster is in contact; to go on without it, rotate them',
    transient: true,
  };
}

/**
 * @param gone - clusters that had them, and are no longer registered
 */
function secretsLost(
  { app, cluster }: AppDeploymentKey,
  { resources, gone }: { resources: readonly string[]; gone: string[] },
): Problem {
  const names = listOf([...resources]);
  const clusters = listOf(gone);
  return {
    code: 'secrets-lost',
    what: `Cannot give "${app}" its secrets on ${cluster}`,
    ...(gone.length === 0
      ? {
          why: `no cluster has those of ${names} any more`,
          next: 'Rotate them: new ones are made, and what reads them is started again',
        }
      : {
          why: `those of ${names} were on ${clusters}, which is not registered any more`,
          next: `Rotate them: new ones are made, for data that starts empty on ${cluster}; or register ${clusters} again, where they are with their data`,
        }),
    transient: false,
  };
}
