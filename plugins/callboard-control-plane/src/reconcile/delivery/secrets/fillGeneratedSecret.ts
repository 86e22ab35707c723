import {
  type SecretContents,
  keepSecretContents,
  readSecretContents,
  secretKeyOf,
} from '@callboard/plugin-callboard-core';
import {
  type KubeObject,
  type Problem,
  type Result,
  failed,
  isGeneratedSecret,
  isRecord,
  listOf,
  ok,
  refOf,
} from '@callboard/plugin-callboard-common';
import {
  type AppDeploymentKey,
  type ResourceSecretRecord,
  findDeploymentsIn,
  findResourceSecrets,
  lockApp,
  saveResourceSecret,
} from '../../../store';
import { type ManagedCluster, freshnessOf } from '../../fleet/Fleet';
import { leaseOfCluster } from '../../LeaseKeeper';
import { record } from '../../record';
import type { ReconcileContext } from '../../ReconcileContext';
import { drawText } from './drawText';

type Data = Record<string, string>;

export interface FilledObjects {
  objects: KubeObject[];
  /** Resources whose secrets are on this cluster once the objects are applied. */
  drawn: ResourceSecretRecord[];
}

/**
 * Puts the values into the Secret of an app before it is applied. What is on the
 * cluster stays as it is. What is not there is drawn on one cluster, and on that
 * once; the others get it from a cluster that has it, through this process's
 * memory alone. Where none of those can be asked it waits: a second password for
 * the same database would be worse than none.
 */
export async function fillGeneratedSecret(
  objects: readonly KubeObject[],
  {
    key,
    cluster,
    context,
    signal,
  }: {
    key: AppDeploymentKey;
    cluster: ManagedCluster;
    context: ReconcileContext;
    signal: AbortSignal;
  },
): Promise<Result<FilledObjects>> {
  const secret = objects.find(isGeneratedSecret);
  if (!secret) return ok({ objects: [...objects], drawn: [] });
  const wanted = readSecretContents(secret);
  const live = await cluster.connection.read(refOf(secret), { signal });
  if (!live.ok) return live;
  const data: Data = { ...dataOf(live.value) };
  const absent = missingOf(wanted, live.value);
  const records = await claim([...wanted.versions], absent, { key, context });

  const copied: ResourceSecretRecord[] = [];
  for (const each of absent.map(resource => records.get(resource)!)) {
    if (each.home !== key.cluster || each.state !== 'drawing') {
      copied.push(each);
      continue;
    }
    for (const [name, length] of keysOf(wanted, each.resource))
      data[name] = base64(drawText(length));
  }
  if (copied.length > 0) {
    const found = await copy(copied, secret, { key, wanted, context, signal });
    if (!found.ok) return found;
    Object.assign(data, found.value);
  }
  const whole = live.value
    ? keepSecretContents(secret, readSecretContents(live.value))
    : secret;
  return ok({
    objects: objects.map(object =>
      object === secret ? { ...whole, data } : object,
    ),
    drawn: [...records.values()].filter(
      ({ home, state }) => home === key.cluster && state === 'drawing',
    ),
  });
}

/** Records that what was to be drawn is on the cluster: from now on it is only copied. */
export async function recordDrawn(
  drawn: readonly ResourceSecretRecord[],
  { key, context }: { key: AppDeploymentKey; context: ReconcileContext },
): Promise<void> {
  if (drawn.length === 0) return;
  const at = context.deps.clock.now();
  await record(
    context,
    context.leases.prove(leaseOfCluster(key.cluster)),
    async tx => {
      await lockApp(tx, key.app);
      const current = await findResourceSecrets(tx, key);
      for (const each of drawn) {
        const now = current.get(each.resource);
        if (now?.version === each.version && now.home === each.home)
          await saveResourceSecret(tx, { ...now, state: 'drawn' }, at);
      }
    },
  );
}

/** Resources of which a value is not there, or is of an earlier version. */
function missingOf(
  wanted: SecretContents,
  live: KubeObject | undefined,
): string[] {
  const data = dataOf(live);
  const versions = live
    ? readSecretContents(live).versions
    : new Map<string, number>();
  return [...wanted.versions]
    .filter(
      ([resource, version]) =>
        (versions.get(resource) ?? 0) < version ||
        keysOf(wanted, resource).some(([name]) => !Object.hasOwn(data, name)),
    )
    .map(([resource]) => resource);
}

function keysOf(
  { lengths }: SecretContents,
  resource: string,
): Array<[string, number]> {
  const head = secretKeyOf(resource, '');
  return [...lengths].filter(([name]) => name.startsWith(head));
}

function dataOf(secret: KubeObject | undefined): Data {
  const data = secret?.data;
  return isRecord(data)
    ? Object.fromEntries(
        Object.entries(data).filter(
          (entry): entry is [string, string] => typeof entry[1] === 'string',
        ),
      )
    : {};
}

/** What the record says of each resource; of those that it does not know, this cluster draws. */
async function claim(
  wanted: ReadonlyArray<[resource: string, version: number]>,
  absent: readonly string[],
  { key, context }: { key: AppDeploymentKey; context: ReconcileContext },
): Promise<Map<string, ResourceSecretRecord>> {
  const { app, environment, cluster } = key;
  const known = await findResourceSecrets(context.deps.knex, key);
  const isNew = ([resource]: [string, number]) =>
    absent.includes(resource) && !known.has(resource);
  if (!wanted.some(isNew)) return known;
  const at = context.deps.clock.now();
  return record(
    context,
    context.leases.prove(leaseOfCluster(cluster)),
    async tx => {
      await lockApp(tx, app);
      const current = await findResourceSecrets(tx, key);
      for (const [resource, version] of wanted) {
        if (!absent.includes(resource) || current.has(resource)) continue;
        const made: ResourceSecretRecord = {
          app,
          environment,
          resource,
          version,
          home: cluster,
          state: 'drawing',
        };
        await saveResourceSecret(tx, made, at);
        current.set(resource, made);
      }
      return current;
    },
  );
}

/** Reads values from clusters that may have them, the one that drew them first. */
async function copy(
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
    context: ReconcileContext;
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
  const data: Data = {};
  const unreachable: string[] = [];
  let left = records.map(({ resource }) => resource);
  for (const name of holders) {
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
  const isDrawing = records.some(({ state }) => state === 'drawing');
  return failed(
    unreachable.length > 0 || isDrawing
      ? waitsForSecrets(key, unreachable)
      : secretsLost(key, left),
  );
}

function base64(text: string): string {
  return Buffer.from(text).toString('base64');
}

function waitsForSecrets(
  { app, cluster }: AppDeploymentKey,
  unreachable: readonly string[],
): Problem {
  return {
    code: 'secrets-not-copied',
    what: `Cannot give "${app}" its secrets on ${cluster} yet`,
    why:
      unreachable.length > 0
        ? `${listOf([...unreachable])}, which may have them, cannot be asked`
        : 'the cluster that makes them has not done so',
    next: 'They are copied as soon as that cluster is in contact; to go on without it, rotate them',
    transient: true,
  };
}

function secretsLost(
  { app, cluster }: AppDeploymentKey,
  resources: readonly string[],
): Problem {
  return {
    code: 'secrets-lost',
    what: `Cannot give "${app}" its secrets on ${cluster}`,
    why: `no cluster has those of ${listOf([...resources])} any more`,
    next: 'Rotate them: new ones are made, and what reads them is started again',
    transient: false,
  };
}
