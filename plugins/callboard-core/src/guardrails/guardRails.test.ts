import type {
  AppFile,
  BlueprintFile,
  GuardRails,
  ScoreWorkload,
} from '@callboard/plugin-callboard-common';
import { resolveBlueprint } from '../blueprint';
import { needsOf } from '../environment';
import { renderRelease } from '../render';
import {
  demandsOf,
  describeGuardRails,
  exposureWithin,
  findBreaches,
  guardRailsOf,
  renderGuardRails,
} from '.';

const web = (
  container: Partial<ScoreWorkload['containers'][string]> = {},
): ScoreWorkload => ({
  apiVersion: 'score.dev/v1b1',
  metadata: { name: 'web' },
  containers: { main: { image: '.', ...container } },
});

const breachesOf = (
  rails: GuardRails,
  {
    workload = web(),
    deploy = {},
    renderer = 3,
    replicas = 2,
  }: {
    workload?: ScoreWorkload;
    deploy?: AppFile['spec']['deploy'];
    renderer?: number;
    replicas?: number;
  } = {},
) =>
  findBreaches(rails, {
    demands: demandsOf({ workloads: [workload], deploy, renderer }),
    needs: needsOf([workload], replicas),
  });

const rails: GuardRails = {
  podSecurity: 'restricted',
  network: 'default-deny',
  quota: { pods: '4', 'requests.cpu': '2', 'requests.memory': '1Gi' },
  containers: { max: { memory: '1Gi' } },
  registries: ['ghcr.io/acme', 'registry.example.org'],
  serviceTypes: ['ClusterIP'],
};

const version = (
  spec: Partial<BlueprintFile['spec']>,
  name = 'base',
): BlueprintFile => ({
  apiVersion: 'callboard.dev/v1alpha1',
  kind: 'Blueprint',
  metadata: { name },
  spec: { version: 1, state: 'active', addons: [], ...spec },
});

describe('guard rails', () => {
  it('let in what keeps them: images that Callboard builds, restricted pods, a share of the quota', () => {
    expect(breachesOf(rails)).toEqual([]);
    expect(breachesOf({}, { renderer: 1, replicas: 100 })).toEqual([]);
  });

  it.each<[string, Parameters<typeof breachesOf>[1], string]>([
    [
      'pods that are not restricted',
      { deploy: { web: { podSecurity: 'baseline' } } },
      'pods are held to the level "restricted", and those of "web" are not → Remove "podSecurity: baseline" from spec.deploy in app.yaml',
    ],
    [
      'an image of another registry',
      { workload: web({ image: 'ghcr.io/acmes/web:1' }) },
      'images come from "ghcr.io/acme" or "registry.example.org" only, not "ghcr.io/acmes/web:1" → Copy the image to ghcr.io/acme, and name it there',
    ],
    [
      'an image that nodes look for at Docker',
      { workload: web({ image: 'nginx' }) },
      'images come from "ghcr.io/acme" or "registry.example.org" only, not "nginx" → Copy the image to ghcr.io/acme, and name it there',
    ],
    [
      'a container that is too large',
      {
        workload: web({ resources: { limits: { memory: '2Gi' } } }),
        replicas: 0,
      },
      'a container may have 1 GiB of memory, and "main" of "web" asks for 2 GiB → Set resources.limits.memory and resources.requests.memory in score.yaml to 1 GiB at most',
    ],
    [
      'more instances than the quota has, with those of a release under way',
      { replicas: 4 },
      'an app may take 4 instances in an environment, and it takes 5 instances while a release replaces another → Run fewer replicas, or ask the platform team for more',
    ],
  ])('refuse %s, and say what to do', (_, of, expected) => {
    expect(
      breachesOf(rails, of).map(({ why, next }) => `${why} → ${next}`),
    ).toEqual([expected]);
  });

  it('refuse releases that were made before pods were restricted and had network policies', () => {
    expect(breachesOf(rails, { renderer: 1 }).map(({ next }) => next)).toEqual([
      'Push again: new releases have restricted pods',
      'Push again: new releases have network policies',
    ]);
  });

  it('become objects of each namespace, and no pod changes with them', () => {
    const render = (guardRails?: GuardRails) => {
      const rendered = renderRelease({
        app: 'shop',
        environment: 'prod',
        release: 1,
        renderer: 3,
        workloads: [web()],
        deploy: { web: { podSecurity: 'baseline' } },
        images: { web: { main: 'shop:1' } },
        exposure: { type: 'ClusterIP' },
        replicas: 1,
        files: {},
        ...(guardRails && { guardRails }),
      });
      if (!rendered.ok) throw new Error(rendered.problem.why);
      return rendered.value;
    };
    const level = 'pod-security.kubernetes.io/enforce';
    const [held, free] = [render(rails), render()];
    expect(held.workloads).toEqual(free.workloads);
    expect(free.guardRails).toEqual([]);
    expect(free.namespace.metadata.labels?.[level]).toBe('baseline');
    expect(held.namespace.metadata.labels?.[level]).toBe('restricted');
    expect(
      held.guardRails.map(({ kind, metadata, spec }) => ({
        kind,
        namespace: metadata.namespace,
        spec,
      })),
    ).toEqual([
      {
        kind: 'ResourceQuota',
        namespace: 'shop--prod',
        spec: {
          hard: {
            pods: '4',
            'requests.cpu': '2',
            'requests.memory': '1Gi',
            'services.loadbalancers': '0',
            'services.nodeports': '0',
          },
        },
      },
      {
        kind: 'LimitRange',
        namespace: 'shop--prod',
        spec: { limits: [{ type: 'Container', max: { memory: '1Gi' } }] },
      },
      {
        kind: 'NetworkPolicy',
        namespace: 'shop--prod',
        spec: { podSelector: {}, policyTypes: ['Egress', 'Ingress'] },
      },
    ]);
  });

  it('keep services within the cluster where no other type is allowed', () => {
    const balanced = { type: 'LoadBalancer' } as const;
    expect(exposureWithin({}, balanced)).toEqual(balanced);
    expect(exposureWithin(rails, balanced)).toEqual({ type: 'ClusterIP' });
    // A load balancer opens ports of nodes too.
    expect(
      renderGuardRails(
        { serviceTypes: ['ClusterIP', 'LoadBalancer'] },
        { app: 'shop', environment: 'prod' },
      ),
    ).toEqual([]);
  });

  it('are inherited field by field, and hold while a version is disabled', () => {
    const files = [
      version({ apps: { podSecurity: 'restricted', quota: { pods: '9' } } }),
      version(
        { base: 'base', apps: { quota: { pods: '4' } }, version: 2 },
        'edge',
      ),
    ];
    const edge = { name: 'edge', version: 2 };
    const resolved = resolveBlueprint(files, edge);
    const expected = { podSecurity: 'restricted', quota: { pods: '4' } };
    expect(resolved.ok && resolved.value.apps).toEqual(expected);
    files[1].spec.state = 'disabled';
    expect(guardRailsOf({ spec: { blueprint: edge } }, files)).toEqual(
      expected,
    );
  });

  it('are said in sentences', () => {
    expect(describeGuardRails(rails)).toEqual([
      'Pods keep at least the level "restricted"',
      'Pods have no traffic but what the app declares',
      'An app takes at most 4 pods, 2 CPU requested and 1Gi memory requested in an environment',
      'A container has at most 1Gi memory',
      'Images that an app names come from ghcr.io/acme or registry.example.org',
      'Services are of type ClusterIP',
    ]);
  });
});
