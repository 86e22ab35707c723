import {
  ANNOTATIONS,
  type KubeObject,
} from '@callboard/plugin-callboard-common';
import { compareText } from '../../placement/selectors';
import type { ClusterTraits } from './types';

const GROUP = 'external-secrets.io/';
const OWN_KEYS = '{app}/'; // the default lets no app read the keys of another

/**
 * Returns the stores of secrets that apps may refer to, by the objects of a
 * cluster's blueprint: each ClusterSecretStore, with the prefix of an app's
 * keys.
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
      // An empty prefix would let every app read everything, which is hardly intended.
      keys: annotations?.[ANNOTATIONS.storeKeys] || OWN_KEYS,
    }))
    .sort((a, b) => compareText(a.name, b.name));
  return secretStores.length === 0 ? {} : { secretStores };
}
