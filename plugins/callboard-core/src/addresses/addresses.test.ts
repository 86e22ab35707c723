import type {
  AppAddress,
  EnvironmentFile,
  ScoreWorkload,
} from '@callboard/plugin-callboard-common';
import type { ObservedObject } from '../health/deployment/types';
import { findAllUrls } from '../health/deployment/findAllUrls';
import {
  checkDomains,
  findAddressFaults,
  listClaims,
  renderAddresses,
  viewAddresses,
  warnOfAddresses,
} from '.';
import type { AddressPlan } from './types';

const workload = (name: string, ports: string[] = ['http']): ScoreWorkload => ({
  apiVersion: 'score.dev/v1b1',
  metadata: { name },
  containers: { main: { image: 'example.com/it:1' } },
  ...(ports.length > 0 && {
    service: {
      ports: Object.fromEntries(
        ports.map((port, at) => [port, { port: 8080 + at }]),
      ),
    },
  }),
});

const environmentOf = (
  name: string,
  addresses?: EnvironmentFile['spec']['addresses'],
): EnvironmentFile => ({
  apiVersion: 'callboard.dev/v1alpha1',
  kind: 'Environment',
  metadata: { name },
  spec: { order: 1, placement: {}, ...(addresses && { addresses }) },
});

const PROD = environmentOf('prod', {
  domain: 'apps.example.com',
  via: { type: 'Ingress' },
  hosts: ['www.example.com', '*.shop.example.com'],
});
const EDGE = environmentOf('edge', {
  domain: 'edge.example.com',
  via: { type: 'NodePort' },
});

function faultsOf(
  addresses: AppAddress[],
  {
    environment = 'prod',
    workloads = [workload('web')],
  }: { environment?: string; workloads?: ScoreWorkload[] } = {},
): string[] {
  const faults = findAddressFaults('shop', {
    environments: [{ name: environment, addresses }],
    platform: [PROD, EDGE, environmentOf('dev')],
    workloads,
  });
  return [...faults].map(
    ({ code, path, why }) => `${code} at ${path.slice(3).join('.')}: ${why}`,
  );
}

describe('what app.yaml asks for', () => {
  it.each<[string, AppAddress[]]>([
    ['its own name', [{}]],
    ['its own name in words', [{ host: 'shop.apps.example.com' }]],
    ['a host that the platform lists', [{ host: 'www.example.com' }]],
    ['one below a domain it lists', [{ host: 'eu.shop.example.com' }]],
    ['two paths', [{ path: '/' }, { path: '/api' }]],
    ['nothing', []],
  ])('may be %s', (_, addresses) => {
    expect(faultsOf(addresses)).toEqual([]);
  });

  it.each<[string, string[], string]>([
    [
      'the name of another app',
      faultsOf([{ host: 'blog.apps.example.com' }]),
      'address-not-allowed at addresses.0.host: the environment "prod" gives this app "shop.apps.example.com" and allows "www.example.com", "*.shop.example.com"',
    ],
    [
      'a host two labels below a pattern',
      faultsOf([{ host: 'a.b.shop.example.com' }]),
      'address-not-allowed at addresses.0.host',
    ],
    [
      'a host where there are none',
      faultsOf([{ host: 'www.example.com' }], { environment: 'dev' }),
      'address-not-allowed at addresses.0.host: the environment "dev" gives apps no addresses',
    ],
    [
      'a path of a port',
      faultsOf([{ path: '/api' }], { environment: 'edge' }),
      'address-not-allowed at addresses.0.path',
    ],
    [
      'the same twice',
      faultsOf([{}, { host: 'shop.apps.example.com' }]),
      'address-taken at addresses.1: "shop.apps.example.com/" is asked for twice',
    ],
    [
      'a workload that is not there',
      faultsOf([{ workload: 'wep' }]),
      'address-unclear at addresses.0.workload: must name a workload with a service',
    ],
    [
      'a port that is not there',
      faultsOf([{ port: 'https' }]),
      'address-unclear at addresses.0.port: must name a port of the workload "web"',
    ],
    [
      'one of several workloads, without saying which',
      faultsOf([{}], { workloads: [workload('web'), workload('api')] }),
      'address-unclear at addresses.0: it does not say which workload answers, and there are "api", "web"',
    ],
  ])('cannot be %s', (_, faults, expected) => {
    expect(faults).toHaveLength(1);
    expect(faults[0]).toContain(expected);
  });
});

it('says at the push that nothing could be given an address', () => {
  const environment = {
    name: 'prod',
    title: 'Production',
    addresses: PROD.spec.addresses,
  };
  expect(
    warnOfAddresses('shop', [environment], [workload('a'), workload('b')]),
  ).toEqual([
    'no address in Production: it is not clear which workload answers (a, b); name one under "addresses" of the environment in app.yaml',
  ]);
  expect(
    warnOfAddresses('shop', [environment], [workload('a'), workload('shop')]),
  ).toEqual([]);
  expect(
    warnOfAddresses(
      'shop',
      [{ ...environment, requestedAddresses: [] }],
      [workload('a'), workload('b')],
    ),
  ).toEqual([]);
});

it('claims what an app wants in every environment, sorted', () => {
  expect(
    listClaims('shop', [PROD, EDGE, environmentOf('dev')], {
      apiVersion: 'callboard.dev/v1alpha1',
      kind: 'App',
      metadata: { name: 'shop' },
      spec: {
        environments: [
          { name: 'prod', addresses: [{ host: 'www.example.com' }, {}] },
        ],
      },
    }).map(({ environment, host, path }) => `${environment} ${host}${path}`),
  ).toEqual([
    'prod shop.apps.example.com/',
    'edge shop.edge.example.com/',
    'prod www.example.com/',
  ]);
});

it('refuses two environments with one domain', () => {
  const twin = environmentOf('stage', PROD.spec.addresses);
  expect(checkDomains([PROD, EDGE])).toEqual([]);
  expect(checkDomains([PROD, twin])).toMatchObject([
    {
      code: 'address-taken',
      next: 'Use another one, such as "stage.apps.example.com"',
    },
  ]);
});

describe('where an app answers', () => {
  const at = { workload: 'web', port: 8080, scheme: 'https' as const };
  const plan: AddressPlan = {
    via: { type: 'Gateway', name: 'public' },
    tls: { type: 'Platform' },
    addresses: [
      { ...at, host: 'shop.apps.example.com', path: '/' },
      { ...at, host: 'www.example.com', path: '/shop' },
    ],
  };

  function urlsOf(
    addresses: AddressPlan,
    seen: Array<Partial<ObservedObject> & { kind: string; name: string }>,
  ): string[] {
    const objects = renderAddresses(
      { app: 'shop', environment: 'prod' },
      addresses,
    ).flatMap(each => each.objects);
    return findAllUrls(
      {
        release: 1,
        objects,
        parts: [{ name: 'web', objects: [] }],
        instances: 1,
        areInstancesSeen: true,
        exposure: { type: 'NodePort', host: 'node.example.com' },
        addresses,
      },
      new Map(
        seen.map(({ kind, name, ...rest }) => {
          const object = objects.find(
            each => each.kind === kind && each.metadata.name === name,
          );
          const apiVersion = object?.apiVersion ?? 'v1';
          const ref = { apiVersion, kind, namespace: 'shop--prod', name };
          return [
            `${apiVersion}/${kind}/shop--prod/${name}`,
            { ref, terminating: false, drift: [], ...rest },
          ];
        }),
      ),
    );
  }
  const accepted = {
    health: {
      status: 'Healthy' as const,
      reason: 'AllHealthy' as const,
      message: '',
    },
  };

  it('is said once the gateway accepted the route, by the scheme of the certificate', () => {
    expect(
      urlsOf(plan, [
        { kind: 'HTTPRoute', name: 'www.example.com', ...accepted },
        {
          kind: 'Service',
          name: 'web',
          workload: 'web',
          ports: [{ port: 8080, nodePort: 30_001 }],
        },
      ]),
    ).toEqual([
      'https://www.example.com/shop',
      'http://node.example.com:30001',
    ]);
    expect(urlsOf(plan, [])).toEqual([]);
  });

  it('is the port of a node or of a load balancer, in place of what the cluster says of others', () => {
    const service = {
      kind: 'Service',
      name: 'web',
      workload: 'web',
      ports: [{ port: 8080, nodePort: 30_001 }],
      ingress: ['192.0.2.1'],
    };
    const own = [{ ...plan.addresses[0], scheme: 'http' as const }];
    const by = (type: 'NodePort' | 'LoadBalancer'): AddressPlan => ({
      via: { type },
      tls: { type: 'None' },
      addresses: own,
    });
    expect(urlsOf(by('NodePort'), [service])).toEqual([
      'http://shop.apps.example.com:30001',
    ]);
    expect(urlsOf(by('LoadBalancer'), [service])).toEqual([
      'http://shop.apps.example.com:8080',
    ]);
    expect(
      urlsOf(by('LoadBalancer'), [{ ...service, ingress: undefined }]),
    ).toEqual([]);
  });

  it('is shown before a cluster leads there, and then as the cluster has it', () => {
    const of = {
      app: 'shop',
      environment: {
        name: 'prod',
        addresses: EDGE.spec.addresses,
      },
      workloads: [workload('web')],
    };
    expect(viewAddresses(of, ['http://other.example.com'])).toEqual([
      { url: 'http://shop.edge.example.com', accepted: false },
    ]);
    expect(viewAddresses(of, ['http://shop.edge.example.com:30001'])).toEqual([
      { url: 'http://shop.edge.example.com:30001', accepted: true },
    ]);
    expect(
      viewAddresses({ ...of, workloads: [workload('job', [])] }, []),
    ).toEqual([]);
  });
});
