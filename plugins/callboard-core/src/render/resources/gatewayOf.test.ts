import type {
  BlueprintFile,
  KubeObject,
} from '@callboard/plugin-callboard-common';
import { gatewayOf } from './gatewayOf';
import { traitsOf } from './traitsOf';

const gateway = (name: string, hostnames: string[] = []): KubeObject => ({
  apiVersion: 'gateway.networking.k8s.io/v1',
  kind: 'Gateway',
  metadata: { name, namespace: 'ingress' },
  spec: {
    listeners: hostnames.map(hostname => ({ name: 'web', port: 80, hostname })),
  },
});
const ingressClass: KubeObject = {
  apiVersion: 'networking.k8s.io/v1',
  kind: 'IngressClass',
  metadata: { name: 'nginx' },
};

it.each<[string, KubeObject[], ReturnType<typeof gatewayOf>]>([
  ['a blueprint without a way in', [], {}],
  [
    'a gateway with a domain',
    [gateway('main', ['shop.example.com', '*.apps.example.com'])],
    {
      gateway: {
        name: 'main',
        namespace: 'ingress',
        domain: 'apps.example.com',
      },
    },
  ],
  [
    'a gateway that speaks HTTPS for its domain',
    [
      {
        ...gateway('main'),
        spec: {
          listeners: [
            { protocol: 'HTTP', port: 80, hostname: '*.apps.example.com' },
            { protocol: 'HTTPS', port: 443, hostname: '*.apps.example.com' },
          ],
        },
      },
    ],
    {
      gateway: {
        name: 'main',
        namespace: 'ingress',
        domain: 'apps.example.com',
        isTls: true,
      },
    },
  ],
  [
    'of several the first by name',
    [gateway('second', ['*.b.example']), gateway('first')],
    { gateway: { name: 'first', namespace: 'ingress' } },
  ],
  [
    'a gateway of somebody else',
    [{ ...gateway('main'), apiVersion: 'networking.istio.io/v1' }],
    {},
  ],
  ['a class of Ingresses', [ingressClass], { ingressClass: 'nginx' }],
  [
    'listeners that are none',
    [{ ...gateway('main'), spec: { listeners: [null, 'web', {}] } }],
    { gateway: { name: 'main', namespace: 'ingress' } },
  ],
])('%s', (_, objects, expected) => {
  expect(gatewayOf(objects)).toEqual(expected);
});

it('is known of a cluster whose blueprint inherits it', () => {
  const blueprint = (
    name: string,
    spec: Partial<BlueprintFile['spec']>,
  ): BlueprintFile => ({
    apiVersion: 'callboard.dev/v1alpha1',
    kind: 'Blueprint',
    metadata: { name },
    spec: { version: 1, state: 'active', addons: [], ...spec },
  });
  const traits = traitsOf(
    {
      apiVersion: 'callboard.dev/v1alpha1',
      kind: 'Cluster',
      metadata: { name: 'eu-1' },
      spec: { blueprint: 'shops' },
    },
    [
      blueprint('shops', { base: 'golden' }),
      blueprint('golden', {
        addons: [
          {
            name: 'way-in',
            objects: [{ ...gateway('main', ['*.apps.example.com']) }],
          },
        ],
      }),
    ],
  );
  expect(traits).toMatchObject({
    blueprints: ['shops', 'golden'],
    gateway: { name: 'main', domain: 'apps.example.com' },
  });
});
