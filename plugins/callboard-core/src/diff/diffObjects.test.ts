import type { KubeObject } from '@callboard/plugin-callboard-common';
import fc from 'fast-check';
import { type ObjectChange, diffObjects } from './diffObjects';

const web = (spec: Record<string, unknown>): KubeObject => ({
  apiVersion: 'apps/v1',
  kind: 'Deployment',
  metadata: { name: 'web', namespace: 'shop--dev' },
  spec,
});
const containers = (...list: object[]) =>
  web({ template: { spec: { containers: list } } });
const secret = (fields: object): KubeObject => ({
  apiVersion: 'v1',
  kind: 'Secret',
  metadata: { name: 'drawn', namespace: 'shop--dev' },
  ...fields,
});

/** `changed Deployment web: spec.replicas 1 -> 2` */
function lines(changes: ObjectChange[]): string[] {
  return changes.map(({ change, kind, name, fields }) =>
    [
      `${change} ${kind} ${name}`,
      ...fields.map(
        ({ path, before, after }) =>
          `${path} ${JSON.stringify(before)} -> ${JSON.stringify(after)}`,
      ),
    ].join('; '),
  );
}

describe('diffObjects', () => {
  it.each<{
    name: string;
    before: KubeObject[];
    after: KubeObject[];
    expected: string[];
  }>([
    {
      name: 'nothing where all is the same',
      before: [web({ replicas: 1 })],
      after: [web({ replicas: 1 })],
      expected: [],
    },
    {
      name: 'what comes, goes and changes, by kind and name',
      before: [web({ replicas: 1 }), secret({})],
      after: [
        web({ replicas: 2, paused: true }),
        { apiVersion: 'v1', kind: 'Service', metadata: { name: 'web' } },
      ],
      expected: [
        'changed Deployment web; spec.paused undefined -> true; spec.replicas 1 -> 2',
        'removed Secret drawn',
        'added Service web',
      ],
    },
    {
      name: 'entries of lists by their key',
      before: [
        containers(
          { name: 'web', env: [{ name: 'A', value: '1' }] },
          { name: 'old' },
        ),
      ],
      after: [
        containers(
          { name: 'new' },
          {
            name: 'web',
            env: [
              { name: 'A', value: '2' },
              { name: 'B', value: '3' },
            ],
          },
        ),
      ],
      expected: [
        'changed Deployment web; spec.template.spec.containers[new] undefined -> {"name":"new"}; spec.template.spec.containers[old] {"name":"old"} -> undefined; spec.template.spec.containers[web].env[A].value "1" -> "2"; spec.template.spec.containers[web].env[B] undefined -> {"name":"B","value":"3"}',
      ],
    },
    {
      name: 'the same entries in another order',
      before: [containers({ name: 'a' }, { name: 'b' })],
      after: [containers({ name: 'b' }, { name: 'a' })],
      expected: [
        'changed Deployment web; spec.template.spec.containers [{"name":"a"},{"name":"b"}] -> [{"name":"b"},{"name":"a"}]',
      ],
    },
    {
      name: 'lists without keys as a whole',
      before: [containers({ name: 'web', args: ['a'] })],
      after: [containers({ name: 'web', args: ['a', 'b'] })],
      expected: [
        'changed Deployment web; spec.template.spec.containers[web].args ["a"] -> ["a","b"]',
      ],
    },
    {
      name: 'keys that are no names',
      before: [secret({ metadata: { name: 'drawn', labels: {} } })],
      after: [secret({ metadata: { name: 'drawn', labels: { 'a/b': 'c' } } })],
      expected: [
        'changed Secret drawn; metadata.labels["a/b"] undefined -> "c"',
      ],
    },
    {
      name: 'that a secret is another one, and not which',
      before: [secret({ data: { password: 'b25l', 'a.b': 'eA==' } })],
      after: [secret({ data: { password: 'dHdv' }, stringData: { x: 'y' } })],
      expected: [
        'changed Secret drawn; data.password "(secret)" -> "(secret)"; data["a.b"] "(secret)" -> undefined; stringData undefined -> "(secret)"',
      ],
    },
  ])('finds $name', ({ before, after, expected }) => {
    expect(lines(diffObjects(before, after))).toEqual(expected);
  });

  it('never says what a Secret holds', () => {
    const held = fc.dictionary(
      fc.string({ maxLength: 5 }),
      fc.stringMatching(/^HIDDEN[a-z]{1,9}$/),
    );
    fc.assert(
      fc.property(held, held, (before, after) => {
        const changes = diffObjects(
          [secret({ data: before, stringData: before })],
          [secret({ data: after, stringData: after })],
        );
        expect(JSON.stringify(changes)).not.toContain('HIDDEN');
      }),
    );
  });

  it('finds something exactly where objects differ', () => {
    const spec = fc.dictionary(
      fc.constantFrom('a', 'b', 'containers'),
      fc.jsonValue({ maxDepth: 3 }),
    );
    fc.assert(
      fc.property(spec, spec, (one, other) => {
        const isSame =
          JSON.stringify(sorted(one)) === JSON.stringify(sorted(other));
        expect(diffObjects([web(one)], [web(other)])).toHaveLength(
          isSame ? 0 : 1,
        );
        expect(diffObjects([web(one)], [web(one)])).toEqual([]);
      }),
    );
  });
});

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, field]) => [key, sorted(field)]),
  );
}
