import type { BlueprintFile } from '@callboard/plugin-callboard-common';
import { chooseVersion, followsVersion } from './chooseVersion';
import { type KeptVersion, keepVersions } from './keepVersions';
import { resolveBlueprint } from './resolveBlueprint';

const map = (name: string, data: Record<string, string>) => ({
  apiVersion: 'v1',
  kind: 'ConfigMap',
  metadata: { name, namespace: 'platform' },
  data,
});

function blueprint(
  name: string,
  spec: Partial<BlueprintFile['spec']> = {},
): BlueprintFile {
  return {
    apiVersion: 'callboard.dev/v1alpha1',
    kind: 'Blueprint',
    metadata: { name },
    spec: {
      version: 1,
      state: 'active',
      addons: [
        { name: 'support', objects: [map('support', { hours: 'day' })] },
      ],
      ...spec,
    },
  };
}

/** What is on record once these files were read one after the other. */
function recorded(...readings: BlueprintFile[][]): KeptVersion[] {
  return readings.reduce<KeptVersion[]>((known, files) => {
    const { record } = keepVersions(known, files);
    const ids = record.map(({ file }) => idOf(file));
    return [
      ...known.filter(({ file }) => !ids.includes(idOf(file))),
      ...record,
    ];
  }, []);
}

function idOf({ metadata, spec }: BlueprintFile): string {
  return `${metadata.name} ${spec.version}`;
}

describe('keepVersions', () => {
  it('keeps an active version as it was, and says what its file would change', () => {
    const kept = recorded([blueprint('edge')]);
    const changed = blueprint('edge', {
      drift: 'DetectAndNotify',
      addons: [
        { name: 'support', objects: [map('support', { hours: 'night' })] },
        { name: 'store', objects: [] },
      ],
    });
    const { blueprints, record, faults } = keepVersions(kept, [changed]);
    expect(blueprints).toEqual([blueprint('edge')]);
    expect(record).toEqual([]);
    expect(faults).toEqual([
      {
        name: 'edge',
        version: 1,
        problem: {
          code: 'blueprint-version-changed',
          what: 'Cannot change version 1 of the blueprint "edge"',
          why: 'it was active already, so it is used as it was recorded; its file differs in "drift"; add-on "support": ConfigMap support, data.hours; add-on "store": it is new',
          next: 'Undo the change, or raise "version" to 2 and roll that version out',
          transient: false,
        },
      },
    ]);
  });

  it('takes over state, channels and words of a version on record', () => {
    const kept = recorded([blueprint('edge')]);
    const words = blueprint('edge', {
      state: 'deprecated',
      channels: ['stable'],
    });
    words.metadata.title = 'Edge';
    const { blueprints, record, faults } = keepVersions(kept, [words]);
    expect(faults).toEqual([]);
    expect(blueprints).toEqual([words]);
    expect(record).toEqual([{ ...kept[0], file: words }]);
  });

  it('keeps a version whose file says the next one by now', () => {
    const files = [blueprint('edge', { version: 2 })];
    const kept = recorded([blueprint('edge')], files);
    expect(keepVersions(kept, files).blueprints.map(idOf).sort()).toEqual([
      'edge 1',
      'edge 2',
    ]);
    expect(keepVersions(kept, [], () => false).blueprints).toEqual([]);
  });

  it('lets a draft change until it is active', () => {
    const draft = blueprint('edge', { state: 'draft' });
    expect(recorded([draft])).toEqual([]);
    const other = blueprint('edge', { state: 'draft', drift: 'NotSet' });
    expect(keepVersions([], [other]).blueprints).toEqual([other]);
  });

  it('holds a version to the base that was the newest when it became active', () => {
    const edge = blueprint('edge', { base: 'golden', addons: [] });
    const first = [blueprint('golden'), edge];
    const second = [blueprint('golden', { version: 2, addons: [] }), edge];
    const { blueprints } = keepVersions(recorded(first), second);
    const resolved = resolveBlueprint(blueprints, 'edge');
    expect(resolved).toMatchObject({
      ok: true,
      value: {
        bases: [{ name: 'golden', version: 1 }],
        addons: [{ name: 'support', from: 'golden', fromVersion: 1 }],
      },
    });
    // also when nothing else of that base is in use any more
    const without = keepVersions(recorded(first), [edge], () => false);
    expect(resolveBlueprint(without.blueprints, 'edge').ok).toBe(true);
  });
});

describe('the version of a cluster', () => {
  const files = [
    blueprint('edge', { version: 3, state: 'draft' }),
    blueprint('edge', { version: 2 }),
    blueprint('edge', { version: 1, channels: ['stable'] }),
  ];
  const underWay = { version: 2, updated: ['a'] };
  it.each([
    [
      'one that it names',
      { version: 1 },
      { target: 2, underWay, current: 2 },
      1,
    ],
    ['the newest active one at first', {}, {}, 2],
    [
      'the newest active one of its channel at first',
      { channel: 'stable' },
      {},
      1,
    ],
    ['what the fleet was brought to', {}, { target: 1 }, 1],
    [
      'what the fleet was brought to, whatever it had',
      {},
      { target: 1, current: 2 },
      1,
    ],
    ['what its turn brought', {}, { target: 1, underWay, current: 1 }, 2],
    [
      'what it has until its turn',
      {},
      { name: 'b', target: 1, underWay, current: 1 },
      1,
    ],
  ] as const)(
    'is %s',
    (
      _,
      ref,
      {
        name = 'a',
        current,
        target,
        underWay: way,
      }: {
        name?: string;
        current?: number;
        target?: number;
        underWay?: { version: number; updated: readonly string[] };
      },
      expected,
    ) => {
      const blueprintOf = { name: 'edge', ...ref };
      expect(
        chooseVersion(
          { name, blueprint: blueprintOf, current },
          { target, underWay: way, files },
        ),
      ).toBe(expected);
    },
  );

  it('comes with a rollout where it follows the name or a channel of the version', () => {
    const [, second, first] = files;
    expect(followsVersion({ name: 'edge' }, second)).toBe(true);
    expect(followsVersion({ name: 'edge', version: 1 }, second)).toBe(false);
    expect(followsVersion({ name: 'edge', channel: 'stable' }, second)).toBe(
      false,
    );
    expect(followsVersion({ name: 'edge', channel: 'stable' }, first)).toBe(
      true,
    );
    expect(followsVersion({ name: 'pci' }, first)).toBe(false);
  });
});
