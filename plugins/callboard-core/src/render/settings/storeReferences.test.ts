import type {
  BlueprintFile,
  KubeObject,
} from '@callboard/plugin-callboard-common';
import { traitsOf } from '../resources/traitsOf';
import type { ClusterTraits } from '../resources/types';
import { findUnofferedSecrets, secretNotOffered } from './findUnofferedSecrets';
import { settingsProvisioners } from './provisionSettings';
import { renderExternalSecrets } from './renderExternalSecrets';
import {
  readSettingVersions,
  renderSettingsSecret,
} from './renderSettingsSecret';
import { areSameSettings, resolveSettings } from './resolveSettings';
import type { SettingChange, SettingsInForce } from './types';

const OF = { app: 'shop', environment: 'prod' };
const NEEDED = [{ name: 'PAYMENT_KEY', secret: true, workloads: ['pay'] }];

function sealed(version: number, restores?: number): SettingChange {
  return {
    version,
    name: 'PAYMENT_KEY',
    kind: 'secret',
    ...(restores !== undefined && { restores }),
  };
}

function inStore(
  version: number,
  key = 'shop/payment',
  more: { clusterSecretStore?: string; property?: string } = {},
): SettingChange {
  return {
    ...sealed(version),
    reference: { clusterSecretStore: 'vault', key, ...more },
  };
}

function inProd(...changes: SettingChange[]): SettingsInForce {
  return resolveSettings(changes, 'prod')!;
}

function storeNamed(name: string, keys?: string): KubeObject {
  return {
    apiVersion: 'external-secrets.io/v1',
    kind: 'ClusterSecretStore',
    metadata: {
      name,
      ...(keys !== undefined && {
        annotations: { 'callboard.dev/store-keys': keys },
      }),
    },
  };
}

const operator: KubeObject = {
  apiVersion: 'apiextensions.k8s.io/v1',
  kind: 'CustomResourceDefinition',
  metadata: { name: 'externalsecrets.external-secrets.io' },
  spec: {
    group: 'external-secrets.io',
    names: { kind: 'ExternalSecret', plural: 'externalsecrets' },
    scope: 'Namespaced',
  },
};

function clusterWith(objects: KubeObject[]): ClusterTraits {
  const blueprint: BlueprintFile = {
    apiVersion: 'callboard.dev/v1alpha1',
    kind: 'Blueprint',
    metadata: { name: 'golden' },
    spec: {
      version: 1,
      state: 'active',
      addons: [{ name: 'eso', objects: objects.map(each => ({ ...each })) }],
    },
  };
  return traitsOf(
    {
      apiVersion: 'callboard.dev/v1alpha1',
      kind: 'Cluster',
      metadata: { name: 'eu-1' },
      spec: { blueprint: 'golden' },
    },
    [blueprint],
  );
}

const externalSecretsOf = (
  settings: SettingsInForce,
  objects = [operator, storeNamed('vault')],
) =>
  renderExternalSecrets(OF, { needed: NEEDED, settings }, clusterWith(objects));

describe('a secret that stands in a store', () => {
  it('is an ExternalSecret for each version that is read, and nothing of our own Secret', () => {
    const settings = inProd(
      inStore(3, 'shop/payment', { property: 'key' }),
      inStore(7, 'shop/new'),
    );
    expect(renderSettingsSecret(OF, NEEDED, settings)).toBeUndefined();
    expect(externalSecretsOf(settings)).toMatchObject([
      {
        apiVersion: 'external-secrets.io/v1',
        kind: 'ExternalSecret',
        metadata: { name: 'callboard-payment-key-7', namespace: 'shop--prod' },
        spec: {
          secretStoreRef: { kind: 'ClusterSecretStore', name: 'vault' },
          target: { name: 'callboard-payment-key-7', creationPolicy: 'Owner' },
          data: [
            { secretKey: 'PAYMENT_KEY.7', remoteRef: { key: 'shop/new' } },
          ],
        },
      },
      {
        metadata: { name: 'callboard-payment-key-3' },
        spec: {
          data: [
            {
              secretKey: 'PAYMENT_KEY.3',
              remoteRef: { key: 'shop/payment', property: 'key' },
            },
          ],
        },
      },
    ]);
  });

  it('is what pods refer to by name and version', () => {
    const [, vault] = settingsProvisioners({
      ...inProd(inStore(7)),
      variables: {},
    });
    const given = vault.provision(
      {
        name: 'vault',
        objectName: 'shop-vault',
        type: 'secret',
        class: 'default',
        params: {},
        workloads: ['pay'],
      },
      {
        ...OF,
        release: 1,
        renderer: 1,
        namespace: 'shop--prod',
        workloads: [],
        secretVersions: {},
      },
    );
    expect(JSON.stringify(given)).toContain(
      '"secret":{"name":"callboard-payment-key-7","key":"PAYMENT_KEY.7"}',
    );
  });

  it('stays beside the value that took its place, and a value beside it', () => {
    const sealedNow = inProd(inStore(3), sealed(7));
    expect(
      readSettingVersions(renderSettingsSecret(OF, NEEDED, sealedNow)!),
    ).toEqual([{ name: 'PAYMENT_KEY', version: 7 }]);
    expect(externalSecretsOf(sealedNow)).toMatchObject([
      { metadata: { name: 'callboard-payment-key-3' } },
    ]);
    const inStoreNow = inProd(sealed(3), inStore(7));
    expect(
      readSettingVersions(renderSettingsSecret(OF, NEEDED, inStoreNow)!),
    ).toEqual([{ name: 'PAYMENT_KEY', version: 3 }]);
  });

  it('is not fetched beside the one that took its place where the app may not read it', () => {
    const settings = inProd(inStore(3, 'other-app/key'), inStore(7));
    expect(externalSecretsOf(settings)).toMatchObject([
      { metadata: { name: 'callboard-payment-key-7' } },
    ]);
    expect(externalSecretsOf(settings)).toHaveLength(1);
    expect(externalSecretsOf(settings, [operator])).toEqual([]);
  });

  it('is the same again once a change was taken back', () => {
    const settings = inProd(inStore(3), sealed(7), sealed(9, 3));
    expect(areSameSettings(settings, inProd(inStore(3)))).toBe(true);
    expect(externalSecretsOf(settings)).toMatchObject([
      { metadata: { name: 'callboard-payment-key-3' } },
    ]);
  });
});

describe('a store', () => {
  it.each<[string, KubeObject[], SettingChange, string | undefined]>([
    ['is offered', [operator, storeNamed('vault')], inStore(1), undefined],
    [
      'is offered for the keys that the platform says',
      [operator, storeNamed('vault', 'apps/{app}/{environment}/')],
      inStore(1, 'apps/shop/prod/payment'),
      undefined,
    ],
    [
      'needs the operator',
      [storeNamed('vault')],
      inStore(1),
      'PAYMENT_KEY stands in a store of secrets, and the blueprint of eu-1 has no External Secrets Operator to read it',
    ],
    [
      'must be one of the blueprint',
      [operator, storeNamed('vault')],
      inStore(1, 'shop/payment', { clusterSecretStore: 'other' }),
      'PAYMENT_KEY stands in the store "other", and the blueprint of eu-1 has no ClusterSecretStore of that name',
    ],
    [
      'gives no app the keys of another',
      [operator, storeNamed('vault')],
      inStore(1, 'shopping/payment'),
      'in the store "vault" of eu-1 it may read what begins with "shop/", and PAYMENT_KEY does not',
    ],
    [
      'gives no app the keys of another whose name begins so',
      [operator, storeNamed('vault', 'apps/{app}')],
      inStore(1, 'apps/shopping/payment'),
      'in the store "vault" of eu-1 it may read what begins with "apps/shop", and PAYMENT_KEY does not',
    ],
    [
      'is offered for keys below those that the platform says without a slash',
      [operator, storeNamed('vault', 'apps/{app}')],
      inStore(1, 'apps/shop/payment'),
      undefined,
    ],
    [
      'gives an app its own keys where the platform leaves blank which',
      [operator, storeNamed('vault', '')],
      inStore(1, 'payments/key'),
      'in the store "vault" of eu-1 it may read what begins with "shop/", and PAYMENT_KEY does not',
    ],
    [
      'gives no environment the keys of another, where the platform says so',
      [operator, storeNamed('vault', '{app}/{environment}/')],
      inStore(1, 'shop/dev/payment'),
      'in the store "vault" of eu-1 it may read what begins with "shop/prod/", and PAYMENT_KEY does not',
    ],
    ['is not asked for a value', [], sealed(1), undefined],
  ])('%s', (_, objects, change, why) => {
    const [unoffered] = findUnofferedSecrets(
      OF,
      { needed: NEEDED, settings: inProd(change) },
      clusterWith(objects),
    );
    expect(unoffered && secretNotOffered(unoffered, 'Cannot').why).toBe(why);
  });
});
