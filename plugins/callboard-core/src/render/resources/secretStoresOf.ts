import {
  ANNOTATIONS,
  type KubeObject,
} from '@callboard/plugin-callboard-common';
import { compareText } from '../../placement/selectors';
import type { ClusterTraits } from './types';

const GROUP = 'external-secrets.io/';
const OWN_KEYS = '{app}/'; // nobody reads what another app keeps, where a platform says nothing

/**
 * Stores of secrets that apps may refer to, by the objects of a cluster's
 * blueprint: each ClusterSecretStore, with what the keys of an app begin with.
 */
export function secretStoresOf(
  objects: readonly KubeObject[],
): Pick<ClusterTraits, 'secretStores'> {
  const secretStores = objects
    .filter(
      ({ kind, apiVersion }) =>
        kind === 'ClusterSecretStore' && apiVersion.startsWith(GROUP),
    )
    .map(({ metadata: { name, annotations } }) => ({
      name,
      // An empty one would give every app everything: nobody means that who leaves it blank.
      keys: annotations?.[ANNOTATIONS.storeKeys] || OWN_KEYS,
    }))
    .sort((a, b) => compareText(a.name, b.name));
  return secretStores.length === 0 ? {} : { secretStores };
}
