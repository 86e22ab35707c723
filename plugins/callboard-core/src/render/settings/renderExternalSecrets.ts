import type { KubeObject } from '@callboard/plugin-callboard-common';
import { sortKeys } from '../canonicalJson';
import { environmentLabels } from '../labels';
import { namespaceOf } from '../namespaceOf';
import type { ClusterTraits } from '../resources/types';
import { whyNotOffered } from './findUnofferedSecrets';
import { listSecretVersions } from './listSecretVersions';
import { externalSecretNameOf, settingKeyOf } from './settingKeyOf';
import { isInStore, type NeededSetting, type SettingsInForce } from './types';

const REFRESH = '1h'; // the operator's default

/**
 * Renders an ExternalSecret for each version of a secret in a store: the
 * operator of the cluster creates a Secret of the same name from it. The
 * previous version is kept beside it, for instances that run until they are
 * replaced; neither is rendered where the app may not read it, whenever it was
 * set.
 *
 * Source: External Secrets Operator, external-secrets.io/v1 ExternalSecret
 */
export function renderExternalSecrets(
  of: { app: string; environment: string },
  {
    needed,
    settings,
  }: {
    needed: readonly NeededSetting[];
    settings: SettingsInForce | undefined;
  },
  cluster: ClusterTraits,
): KubeObject[] {
  return listSecretVersions(needed, settings).flatMap(
    ({ name: setting, version, reference }) => {
      if (!isInStore(reference) || whyNotOffered(of, reference, cluster))
        return [];
      const { clusterSecretStore, key, property } = reference;
      const name = externalSecretNameOf(setting, version);
      return [
        sortKeys({
          apiVersion: 'external-secrets.io/v1',
          kind: 'ExternalSecret',
          metadata: {
            name,
            namespace: namespaceOf(of.app, of.environment),
            labels: environmentLabels(of),
          },
          spec: {
            refreshInterval: REFRESH,
            secretStoreRef: {
              kind: 'ClusterSecretStore',
              name: clusterSecretStore,
            },
            target: { name, creationPolicy: 'Owner' },
            data: [
              {
                secretKey: settingKeyOf(setting, version),
                remoteRef: { key, ...(property !== undefined && { property }) },
              },
            ],
          },
        }),
      ];
    },
  );
}
