import {
  type Problem,
  type StoreReference,
  listOf,
} from '@callboard/plugin-callboard-common';
import type { ClusterTraits } from '../resources/types';
import { isInStore, type NeededSetting, type SettingsInForce } from './types';

const OPERATOR = 'ExternalSecret.external-secrets.io';

/** A secret that a cluster cannot read from its store. */
export interface UnofferedSecret {
  name: string;
  cluster: string;
  because:
    | { kind: 'no-operator' }
    | { kind: 'no-store'; store: string; offered: string[] }
    | { kind: 'key-of-others'; store: string; keys: string };
}

/**
 * Finds the secrets of a release that refer to a store which the cluster's
 * blueprint does not offer, or to a key there that is not the app's.
 */
export function findUnofferedSecrets(
  of: { app: string; environment: string },
  {
    needed,
    settings,
  }: {
    needed: readonly NeededSetting[];
    settings: SettingsInForce | undefined;
  },
  cluster: ClusterTraits,
): UnofferedSecret[] {
  return needed.flatMap(({ name, secret }): UnofferedSecret[] => {
    const reference = secret
      ? settings?.byName.get(name)?.reference
      : undefined;
    if (!isInStore(reference)) return [];
    const because = whyNotOffered(of, reference, cluster);
    return because ? [{ name, cluster: cluster.name, because }] : [];
  });
}

/** Returns the reason; undefined where the cluster can read it from the store, and the app may. */
export function whyNotOffered(
  of: { app: string; environment: string },
  { clusterSecretStore: store, key }: StoreReference,
  { kinds, secretStores = [] }: ClusterTraits,
): UnofferedSecret['because'] | undefined {
  if (!kinds.includes(OPERATOR)) return { kind: 'no-operator' };
  const offered = secretStores.find(({ name }) => name === store);
  if (!offered)
    return {
      kind: 'no-store',
      store,
      offered: secretStores.map(({ name }) => name),
    };
  const keys = offered.keys
    .replaceAll('{app}', of.app)
    .replaceAll('{environment}', of.environment);
  // Without its slash "shop" could read the keys of "shopping".
  const isOwn = key.startsWith(keys.endsWith('/') ? keys : `${keys}/`);
  return isOwn || key === keys
    ? undefined
    : { kind: 'key-of-others', store, keys };
}

/** Problem of a release that cannot run where its secrets are not offered. */
export function secretNotOffered(
  { name, cluster, because }: UnofferedSecret,
  what: string,
): Problem {
  const of = { code: 'setting-not-offered', what, transient: false } as const;
  switch (because.kind) {
    case 'no-operator':
      return {
        ...of,
        why: `${name} stands in a store of secrets, and the blueprint of ${cluster} has no External Secrets Operator to read it`,
        next: `Set ${name} to a value, or ask the platform team for the operator on ${cluster}`,
      };
    case 'no-store':
      return {
        ...of,
        why: `${name} stands in the store "${because.store}", and the blueprint of ${cluster} has no ClusterSecretStore of that name`,
        next:
          because.offered.length === 0
            ? `Set ${name} to a value, or ask the platform team for the store on ${cluster}`
            : `Use ${listOf(
                because.offered,
                3,
                'or',
              )}, or ask the platform team for the store on ${cluster}`,
      };
    case 'key-of-others':
      return {
        ...of,
        why: `in the store "${because.store}" of ${cluster} it may read what begins with "${because.keys}", and ${name} does not`,
        next: `Keep the secret of ${name} below "${because.keys}"`,
      };
    default:
      return because satisfies never;
  }
}
