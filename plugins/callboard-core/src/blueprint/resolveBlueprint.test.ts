import type { BlueprintFile } from '@callboard/plugin-callboard-common';
import { renderBlueprint } from './renderBlueprint';
import { resolveBlueprint } from './resolveBlueprint';

const object = (name: string) => ({
  apiVersion: 'v1',
  kind: 'ConfigMap',
  metadata: { name, namespace: 'platform' },
});

function blueprint(
  name: string,
  spec: Partial<BlueprintFile['spec']> = {},
): BlueprintFile {
  return {
    apiVersion: 'callboard.dev/v1alpha1',
    kind: 'Blueprint',
    metadata: { name },
    spec: { version: 1, state: 'active', addons: [], ...spec },
  };
}

const addon = (name: string) => ({ name, objects: [object(name)] });

describe('resolveBlueprint', () => {
  it('inherits from all bases, farthest first, and replaces in place', () => {
    const resolved = resolveBlueprint(
      [
        blueprint('store', {
          version: 4,
          base: 'edge',
          addons: [addon('till'), addon('limits')],
        }),
        blueprint('edge', {
          base: 'golden',
          drift: 'BlockAndNotify',
          addons: [addon('offline'), addon('network')],
        }),
        blueprint('golden', {
          drift: 'DetectAndNotify',
          addons: [addon('network'), addon('limits')],
        }),
      ],
      'store',
    );
    expect(resolved).toMatchObject({
      ok: true,
      value: {
        name: 'store',
        version: 4,
        state: 'active',
        inherits: ['edge', 'golden'],
        drift: 'BlockAndNotify',
      },
    });
    expect(
      resolved.ok &&
        resolved.value.addons.map(({ from, name }) => `${from}/${name}`),
    ).toEqual(['edge/network', 'store/limits', 'edge/offline', 'store/till']);
  });

  it('takes the highest active version', () => {
    const files = [
      blueprint('golden', { version: 3, state: 'draft' }),
      blueprint('golden', { version: 2 }),
      blueprint('golden'),
    ];
    expect(resolveBlueprint(files, 'golden')).toMatchObject({
      ok: true,
      value: { version: 2, drift: 'NotSet' },
    });
  });

  it.each([
    {
      name: 'nobody defines it',
      files: [blueprint('golden')],
      code: 'blueprint-unknown',
      next: 'Define it, or use one of "golden"',
    },
    {
      name: 'nobody defines its base',
      files: [blueprint('pci', { base: 'golden' })],
      code: 'blueprint-unknown',
      next: 'Define it, or use one of "pci"',
    },
    {
      name: 'it is a draft',
      files: [blueprint('pci', { state: 'draft' })],
      code: 'blueprint-not-active',
      next: 'Set its state to "active", or use another blueprint',
    },
    {
      name: 'its base is disabled',
      files: [
        blueprint('pci', { base: 'golden' }),
        blueprint('golden', { state: 'disabled' }),
      ],
      code: 'blueprint-not-active',
      next: 'Set its state to "active", or use another blueprint',
    },
    {
      name: 'it is its own base',
      files: [blueprint('pci', { base: 'pci' })],
      code: 'blueprint-cycle',
      next: 'Remove "base" from one of them',
    },
    {
      name: 'its bases lead in a circle',
      files: [
        blueprint('pci', { base: 'a' }),
        blueprint('a', { base: 'b' }),
        blueprint('b', { base: 'a' }),
      ],
      code: 'blueprint-cycle',
      next: 'Remove "base" from one of them',
    },
    {
      name: 'a version is defined twice',
      files: [blueprint('pci'), blueprint('pci')],
      code: 'blueprint-version-taken',
      next: 'Give each definition a version of its own',
    },
  ])('is refused when $name', ({ files, code, next }) => {
    expect(resolveBlueprint(files, 'pci')).toMatchObject({
      ok: false,
      problem: { code, next, transient: false },
    });
  });
});

it('shows the circle of bases', () => {
  const files = [
    blueprint('pci', { base: 'a' }),
    blueprint('a', { base: 'b' }),
    blueprint('b', { base: 'a' }),
  ];
  const resolved = resolveBlueprint(files, 'pci');
  expect(resolved.ok || resolved.problem.why).toBe(
    'its bases lead in a circle: pci → a → b → a',
  );
});

describe('renderBlueprint', () => {
  it('labels every object, keeps its own labels and sorts its keys', () => {
    const own = {
      kind: 'ConfigMap',
      apiVersion: 'v1',
      metadata: {
        name: 'a',
        labels: { team: 'x', 'app.kubernetes.io/managed-by': 'me' },
      },
    };
    const resolved = resolveBlueprint(
      [blueprint('golden', { addons: [{ name: 'support', objects: [own] }] })],
      'golden',
    );
    expect(resolved.ok && JSON.stringify(renderBlueprint(resolved.value))).toBe(
      JSON.stringify([
        {
          addon: 'support',
          objects: [
            {
              apiVersion: 'v1',
              kind: 'ConfigMap',
              metadata: {
                labels: {
                  'app.kubernetes.io/component': 'support',
                  'app.kubernetes.io/managed-by': 'callboard',
                  'app.kubernetes.io/part-of': 'golden',
                  'callboard.dev/blueprint': 'golden',
                  team: 'x',
                },
                name: 'a',
              },
            },
          ],
        },
      ]),
    );
  });
});
