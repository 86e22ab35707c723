import {
  keepSecretContents,
  readSecretContents,
} from '@callboard/plugin-callboard-core';
import {
  type KubeObject,
  type Result,
  failed,
  isGeneratedSecret,
  ok,
  refOf,
} from '@callboard/plugin-callboard-common';
import type { Knex } from 'knex';
import {
  type AppDeploymentKey,
  type ResourceSecretRecord,
  findClusters,
  findResourceSecrets,
  lockApp,
  saveResourceSecret,
} from '../../../store';
import type { ManagedCluster } from '../../fleet/Fleet';
import { leaseOfCluster } from '../../LeaseKeeper';
import { record } from '../../record';
import type { FleetReader, LeasedRecorder } from '../../roles';
import { copySecrets, waitsForSecrets } from './copySecrets';
import { drawText } from './drawText';
import { type Data, dataOf, keysOf, missingOf } from './secretData';

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
    context: LeasedRecorder & FleetReader;
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

  // Rotated since the objects were rendered, they are another delivery's to make.
  const isWanted = ({ resource, version }: ResourceSecretRecord) =>
    wanted.versions.get(resource) === version;
  const needed = absent.map(resource => records.get(resource)!);
  if (!needed.every(isWanted))
    return failed(waitsForSecrets(key, 'they were rotated a moment ago'));

  const copied: ResourceSecretRecord[] = [];
  for (const each of needed) {
    if (each.home !== key.cluster || each.state !== 'drawing') {
      copied.push(each);
      continue;
    }
    for (const [name, length] of keysOf(wanted, each.resource))
      data[name] = base64(drawText(length));
  }
  if (copied.length > 0) {
    const found = await copySecrets(copied, secret, {
      key,
      wanted,
      context,
      signal,
    });
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
      each =>
        each.home === key.cluster && each.state === 'drawing' && isWanted(each),
    ),
  });
}

/** Records that what was to be drawn is on the cluster: from now on it is only copied. */
export async function recordDrawn(
  drawn: readonly ResourceSecretRecord[],
  { key, context }: { key: AppDeploymentKey; context: LeasedRecorder },
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

/** What the record says of each resource; of those that it does not know, this cluster draws. */
async function claim(
  wanted: ReadonlyArray<[resource: string, version: number]>,
  absent: readonly string[],
  { key, context }: { key: AppDeploymentKey; context: LeasedRecorder },
): Promise<Map<string, ResourceSecretRecord>> {
  const { app, environment, cluster } = key;
  const { knex } = context.deps;
  const known = await findResourceSecrets(knex, key);
  const isNew = await findUndrawn(knex, known);
  if (!absent.some(isNew)) return known;
  const at = context.deps.clock.now();
  return record(
    context,
    context.leases.prove(leaseOfCluster(cluster)),
    async tx => {
      await lockApp(tx, app);
      const current = await findResourceSecrets(tx, key);
      const isStillNew = await findUndrawn(tx, current);
      for (const [resource, version] of wanted) {
        if (!absent.includes(resource) || !isStillNew(resource)) continue;
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

/** Which resources nobody draws values for, or only a cluster that was removed before it had. */
async function findUndrawn(
  tx: Knex,
  known: ReadonlyMap<string, ResourceSecretRecord>,
): Promise<(resource: string) => boolean> {
  const isAnyDrawing = [...known.values()].some(
    ({ state }) => state === 'drawing',
  );
  const registered = new Set(
    isAnyDrawing ? (await findClusters(tx)).map(({ name }) => name) : [],
  );
  return resource => {
    const current = known.get(resource);
    return (
      current === undefined ||
      (current.state === 'drawing' && !registered.has(current.home))
    );
  };
}

function base64(text: string): string {
  return Buffer.from(text).toString('base64');
}
