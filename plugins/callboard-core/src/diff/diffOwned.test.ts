import type { KubeObject } from '@callboard/plugin-callboard-common';
import fc from 'fast-check';
import { diffOwned } from './diffOwned';

function deployment(
  spec: Record<string, unknown>,
  more: Record<string, unknown> = {},
): KubeObject {
  return {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name: 'web', namespace: 'shop--dev' },
    spec,
    ...more,
  };
}

const container = (fields: Record<string, unknown>) => ({
  template: { spec: { containers: [{ name: 'web', ...fields }] } },
});

describe('diffOwned', () => {
  it.each<{
    name: string;
    desired: KubeObject;
    live: KubeObject;
    paths: string[];
  }>([
    {
      name: 'the same',
      desired: deployment({ replicas: 2 }),
      live: deployment({ replicas: 2 }),
      paths: [],
    },
    {
      name: 'another value',
      desired: deployment({ replicas: 2 }),
      live: deployment({ replicas: 5 }),
      paths: ['spec.replicas'],
    },
    {
      name: 'what the server and others added is not ours',
      desired: deployment({ replicas: 2 }),
      live: deployment(
        { replicas: 2, revisionHistoryLimit: 10 },
        { status: { replicas: 0 } },
      ),
      paths: [],
    },
    {
      name: 'identity and status are not compared',
      desired: { ...deployment({}), status: { replicas: 1 } },
      live: { ...deployment({}), status: { replicas: 2 } },
      paths: [],
    },
    {
      name: 'amounts by meaning',
      desired: deployment(
        container({
          resources: {
            limits: { cpu: '1000m', memory: '1024Mi' },
            requests: { cpu: 1 },
          },
        }),
      ),
      live: deployment(
        container({
          resources: {
            limits: { cpu: '1', memory: '1Gi' },
            requests: { cpu: '1' },
          },
        }),
      ),
      paths: [],
    },
    {
      name: 'amounts that differ',
      desired: deployment(
        container({ resources: { limits: { cpu: '1000m', memory: '128Mi' } } }),
      ),
      live: deployment(
        container({ resources: { limits: { cpu: '2', memory: '128M' } } }),
      ),
      paths: [
        'spec.template.spec.containers[web].resources.limits.cpu',
        'spec.template.spec.containers[web].resources.limits.memory',
      ],
    },
    {
      name: 'texts that look like amounts',
      desired: {
        apiVersion: 'v1',
        kind: 'ConfigMap',
        metadata: { name: 'a' },
        data: { storage: '1000m', default: '1' },
      },
      live: {
        apiVersion: 'v1',
        kind: 'ConfigMap',
        metadata: { name: 'a' },
        data: { storage: '1', default: '1' },
      },
      paths: ['data.storage'],
    },
    {
      name: 'an empty text of a ConfigMap that is gone',
      desired: {
        apiVersion: 'v1',
        kind: 'ConfigMap',
        metadata: { name: 'a' },
        data: { 'a.conf': '' },
      },
      live: {
        apiVersion: 'v1',
        kind: 'ConfigMap',
        metadata: { name: 'a' },
        data: { other: '' },
      },
      paths: ['data["a.conf"]'],
    },
    {
      name: 'containers and variables in another order, with one somebody added',
      desired: deployment(
        container({
          env: [
            { name: 'A', value: '1' },
            { name: 'B', value: '' },
          ],
        }),
      ),
      live: deployment({
        template: {
          spec: {
            containers: [
              { name: 'sidecar' },
              {
                name: 'web',
                env: [
                  { name: 'X', value: 'x' },
                  { name: 'B' },
                  { name: 'A', value: '1' },
                ],
              },
            ],
          },
        },
      }),
      paths: [],
    },
    {
      name: 'a variable that is gone',
      desired: deployment(container({ env: [{ name: 'A', value: '1' }] })),
      live: deployment(container({ env: [{ name: 'B', value: '1' }] })),
      paths: ['spec.template.spec.containers[web].env[A]'],
    },
    {
      name: 'ports by number and protocol, TCP being the default',
      desired: deployment(
        container({
          ports: [
            { containerPort: 53, protocol: 'UDP' },
            { containerPort: 53 },
          ],
        }),
      ),
      live: deployment(
        container({
          ports: [
            { containerPort: 53, protocol: 'TCP' },
            { containerPort: 53, protocol: 'UDP' },
          ],
        }),
      ),
      paths: [],
    },
    {
      name: 'two mounts of one volume',
      desired: deployment(
        container({
          volumeMounts: [
            { name: 'v', mountPath: '/a' },
            { name: 'v', mountPath: '/b' },
          ],
        }),
      ),
      live: deployment(
        container({
          volumeMounts: [
            { name: 'v', mountPath: '/b' },
            { name: 'w', mountPath: '/a' },
          ],
        }),
      ),
      paths: ['spec.template.spec.containers[web].volumeMounts[/a].name'],
    },
    {
      name: 'lists without keys by place',
      desired: deployment(container({ args: ['a', 'b'], command: ['x'] })),
      live: deployment(container({ args: ['b', 'a'], command: ['x', 'y'] })),
      paths: [
        'spec.template.spec.containers[web].args[0]',
        'spec.template.spec.containers[web].args[1]',
        'spec.template.spec.containers[web].command',
      ],
    },
    {
      name: 'headers of the same name by place',
      desired: deployment(
        container({
          headers: [
            { name: 'A', value: '1' },
            { name: 'A', value: '2' },
          ],
        }),
      ),
      live: deployment(
        container({
          headers: [
            { name: 'A', value: '1' },
            { name: 'A', value: '3' },
          ],
        }),
      ),
      paths: ['spec.template.spec.containers[web].headers[1].value'],
    },
    {
      name: 'nothing in all its spellings',
      desired: deployment({
        a: null,
        b: {},
        c: [],
        d: { e: null },
        f: false,
        g: '',
        h: 0,
      }),
      live: deployment({ b: null, f: null }),
      paths: [],
    },
    {
      name: 'a switch whose absence means yes',
      desired: deployment({
        template: { spec: { automountServiceAccountToken: false } },
      }),
      live: deployment({ template: { spec: {} } }),
      paths: ['spec.template.spec.automountServiceAccountToken'],
    },
    {
      name: 'a map that is gone',
      desired: deployment({
        template: { spec: { securityContext: { runAsUser: 1 } } },
      }),
      live: deployment({ template: { spec: {} } }),
      paths: ['spec.template.spec.securityContext'],
    },
    {
      name: 'labels',
      desired: {
        apiVersion: 'v1',
        kind: 'Namespace',
        metadata: {
          name: 'a',
          labels: { 'app.kubernetes.io/name': 'a', b: '' },
        },
      },
      live: {
        apiVersion: 'v1',
        kind: 'Namespace',
        metadata: { name: 'a', labels: { 'app.kubernetes.io/name': 'x' } },
      },
      paths: ['metadata.labels.b', 'metadata.labels["app.kubernetes.io/name"]'],
    },
  ])('$name', ({ desired, live, paths }) => {
    expect(diffOwned(desired, live)).toEqual(paths);
  });

  const spec = fc.dictionary(
    fc.constantFrom('a', 'b', 'constructor', 'items'),
    fc.jsonValue({ maxDepth: 3 }),
  );

  it('finds nothing between an object and itself', () => {
    fc.assert(
      fc.property(spec, value =>
        expect(diffOwned(deployment(value), deployment(value))).toEqual([]),
      ),
    );
  });

  it('finds nothing after somebody added fields', () => {
    fc.assert(
      fc.property(spec, fc.jsonValue(), (value, added) => {
        expect(
          diffOwned(
            deployment(value),
            deployment({ ...value, 'added by others': added }),
          ),
        ).toEqual([]);
      }),
    );
  });

  it('finds a changed text, wherever it stands', () => {
    fc.assert(
      fc.property(
        fc.array(fc.constantFrom('a', 'b', 'limits', 'data'), { maxLength: 6 }),
        path => {
          const nest = (leaf: string) =>
            path.reduceRight<unknown>((value, key) => ({ [key]: value }), leaf);
          expect(
            diffOwned(
              deployment({ at: nest('one') }),
              deployment({ at: nest('two') }),
            ),
          ).toEqual([['spec', 'at', ...path].join('.')]);
        },
      ),
    );
  });
});
