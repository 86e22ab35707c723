import { apiEntityV1alpha1Validator } from '@backstage/catalog-model';
import type { App, Cluster } from '@callboard/plugin-callboard-common';
import { apiEntity } from './apiEntity';
import { appEntity } from './appEntity';
import { blueprintEntities, clusterEntity } from './clusterEntities';

const HEALTHY = { status: 'Healthy', reason: 'Ready', message: '' } as const;
const AT = '2026-11-20T10:00:00Z';

/** An app in dev, on the given clusters. */
function app(given: Partial<App> = {}, clusters: string[] = ['eu-1']): App {
  const environment = (name: string, isReleased: boolean) => ({
    name,
    title: name,
    release: isReleased
      ? {
          number: 1,
          revision: 'a'.repeat(40),
          message: '',
          author: '',
          createdAt: AT,
        }
      : null,
    health: HEALTHY,
    freshness: 'live' as const,
    clusters: isReleased ? clusters.map(onCluster) : [],
    findings: [],
    placement: null,
  });
  return {
    name: 'shop',
    title: 'shop',
    owner: 'group:default/payments',
    repository: { cloneUrl: '' },
    environments: [environment('dev', true), environment('prod', false)],
    sentence: '',
    createdAt: AT,
    ...given,
  };
}

function onCluster(cluster: string): App['environments'][0]['clusters'][0] {
  const instances = { ready: 1, wanted: 1 };
  return {
    cluster,
    release: 1,
    desiredRelease: 1,
    sync: 'Synced',
    health: HEALTHY,
    freshness: 'live',
    observedAt: AT,
    urls: [],
    instances,
    ...(cluster === 'eu-1' && { title: 'Frankfurt' }),
  };
}

function clusterOf(given: Partial<Cluster> = {}): Cluster {
  const blueprint = {
    name: 'golden',
    version: 3,
    state: 'applied',
    message: '',
    drift: [],
    addons: [],
  } as const;
  return {
    name: 'eu-1',
    title: 'Frankfurt',
    labels: { env: 'prod', region: 'eu' },
    claims: { provider: 'aws', version: 'v1.36.3' },
    taints: [],
    freshness: 'live',
    observedAt: AT,
    connection: { kind: 'playground', since: AT, roundTripMs: 1 },
    scheduling: { state: 'open' },
    blueprint: { ...blueprint, drift: [], addons: [] },
    health: HEALTHY,
    apps: [],
    nodes: { ready: 1, total: 1 },
    sentence: '',
    ...given,
  };
}

describe('entities', () => {
  it('describes an app that says nothing of itself', async () => {
    expect(
      await appEntity(app({ system: 'market' }, ['us-1', 'eu-1']), undefined),
    ).toEqual({
      apiVersion: 'backstage.io/v1alpha1',
      kind: 'Component',
      metadata: {
        name: 'shop',
        title: 'shop',
        annotations: {
          'backstage.io/managed-by-location': 'callboard:apps/shop',
          'backstage.io/managed-by-origin-location': 'callboard:apps/shop',
          'callboard.dev/app': 'shop',
          'callboard.dev/runs-on': 'eu-1 · Frankfurt; us-1',
        },
      },
      spec: {
        type: 'service',
        lifecycle: 'experimental',
        system: 'market',
        owner: 'group:default/payments',
        dependsOn: ['resource:default/eu-1', 'resource:default/us-1'],
      },
    });
  });

  it('takes what catalog-info.yaml adds, and keeps what Callboard knows better', async () => {
    const text = `
apiVersion: backstage.io/v1alpha1
kind: Component
metadata:
  name: other
  title: The Shop
  description: Sells things
  tags: [web, "Not A Tag"]
  labels: { team: a, "bad key!": x }
  annotations:
    example.com/dashboard: https://example.com
    backstage.io/managed-by-location: url:https://evil.example
    backstage.io/techdocs-ref: dir:.
    backstage.io/kubernetes-id: shop
    backstage.io/source-location: url:https://example.com/shop/
    backstage.io/view-url: "javascript:alert(1)"
    callboard.dev/app: billing
    callboard.dev/runs-on: the moon
    sub.backstage.io/x: "1"
  links:
    - { url: https://example.com/docs, title: Docs }
    - { url: "javascript:alert(1)", title: Click }
spec: { type: website, lifecycle: deprecated, owner: group:default/evil, dependsOn: [resource:orders-db, "::"] }
`;
    const entity = await appEntity(app(), text);
    expect(entity.metadata).toEqual({
      name: 'shop',
      title: 'The Shop',
      description: 'Sells things',
      tags: ['web'],
      labels: { team: 'a' },
      links: [{ url: 'https://example.com/docs', title: 'Docs' }],
      annotations: {
        'example.com/dashboard': 'https://example.com',
        'backstage.io/techdocs-ref': 'dir:.',
        'backstage.io/kubernetes-id': 'shop',
        'backstage.io/source-location': 'url:https://example.com/shop/',
        'sub.backstage.io/x': '1',
        'backstage.io/managed-by-location': 'callboard:apps/shop',
        'backstage.io/managed-by-origin-location': 'callboard:apps/shop',
        'callboard.dev/app': 'shop',
        'callboard.dev/runs-on': 'eu-1 · Frankfurt',
      },
    });
    expect(entity.spec).toEqual({
      type: 'website',
      lifecycle: 'deprecated',
      owner: 'group:default/payments',
      dependsOn: ['resource:default/eu-1', 'resource:orders-db'],
    });
  });

  it.each([
    ['no YAML', '{{{'],
    ['no Component', 'kind: API\nmetadata: { title: x }\n'],
    ['nothing', ''],
    [
      'more values than anybody writes',
      `kind: Component\nmetadata: { title: x, tags: [${'a,'.repeat(
        5_000,
      )}] }\n`,
    ],
    ['only nonsense', 'kind: Component\nmetadata: [1]\nspec: 7\n'],
    [
      'a bomb',
      `a: &a [x]\n${[...'bcdefghijk']
        .map(
          (key, i) =>
            `${key}: &${key} [${Array(9).fill(`*${'abcdefghij'[i]}`)}]`,
        )
        .join('\n')}`,
    ],
  ])('stays as it is with %s', async (_, text) => {
    expect(await appEntity(app(), text)).toEqual(
      await appEntity(app(), undefined),
    );
  });

  it('describes a cluster', () => {
    expect(
      clusterEntity(clusterOf({ labels: { env: 'prod', 'not valid': 'x' } }), {
        owner: 'group:default/platform',
      }),
    ).toEqual({
      apiVersion: 'backstage.io/v1alpha1',
      kind: 'Resource',
      metadata: {
        name: 'eu-1',
        title: 'eu-1 · Frankfurt',
        description: 'Kubernetes v1.36.3 on aws',
        labels: { env: 'prod' },
        annotations: {
          'callboard.dev/claim-provider': 'aws',
          'callboard.dev/claim-version': 'v1.36.3',
          'backstage.io/managed-by-location': 'callboard:clusters/eu-1',
          'backstage.io/managed-by-origin-location': 'callboard:clusters/eu-1',
          'callboard.dev/cluster': 'eu-1',
        },
      },
      spec: {
        type: 'kubernetes-cluster',
        owner: 'group:default/platform',
        dependsOn: ['resource:default/blueprint-golden'],
      },
    });
  });

  it('describes the API by its document', async () => {
    const entity = apiEntity('{"openapi":"3.1.0"}', {
      owner: 'group:default/platform',
    });
    expect(await apiEntityV1alpha1Validator.check(entity)).toBe(true);
    expect(entity.spec).toEqual({
      type: 'openapi',
      lifecycle: 'production',
      owner: 'group:default/platform',
      definition: '{"openapi":"3.1.0"}',
    });
  });

  it('names every blueprint once', () => {
    const clusters = [
      clusterOf(),
      clusterOf({ name: 'us-1' }),
      clusterOf({ name: 'new', blueprint: null }),
    ];
    const entities = blueprintEntities(clusters, {
      owner: 'group:default/platform',
    });
    expect(
      entities.map(
        ({ metadata, spec }) =>
          `${metadata.name} ${spec.type}: ${metadata.description}`,
      ),
    ).toEqual([
      'blueprint-golden cluster-blueprint: Cluster baseline "golden", version 3',
    ]);
  });

  it('knows no blueprint that the platform does not describe', () => {
    const blueprint = { ...clusterOf().blueprint!, name: 'gone', version: 0 };
    const cluster = clusterOf({ blueprint });
    expect(blueprintEntities([cluster], { owner: 'group:default/p' })).toEqual(
      [],
    );
    expect(
      clusterEntity(cluster, { owner: 'group:default/p' }).spec,
    ).not.toHaveProperty('dependsOn');
  });
});
