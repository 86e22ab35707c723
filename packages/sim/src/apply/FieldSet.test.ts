import fc from 'fast-check';
import {
  difference,
  emptySet,
  type FieldSet,
  intersection,
  isEmptySet,
  parseFields,
  pathsOf,
  serializeFields,
  union,
} from './FieldSet';

const step = fc.constantFrom('f:a', 'f:b', 'k:{"name":"x"}', 'v:1');
const sets = fc
  .array(fc.array(step, { minLength: 1, maxLength: 3 }), { maxLength: 6 })
  .map(setOf);

function setOf(paths: readonly string[][]): FieldSet {
  return paths
    .map(([...path]) =>
      path.reduceRight<FieldSet>(
        (child, name) => ({
          isMember: false,
          children: new Map([[name, child]]),
        }),
        { isMember: true, children: new Map() },
      ),
    )
    .reduce(union, emptySet());
}

const words = (set: FieldSet) => pathsOf(set).map(path => path.join(' '));

/** Sets of paths behave as sets do. */
describe('FieldSet', () => {
  it('joins, meets and subtracts as sets of paths', () => {
    fc.assert(
      fc.property(sets, sets, (a, b) => {
        const [inA, inB] = [new Set(words(a)), new Set(words(b))];
        expect(new Set(words(union(a, b)))).toEqual(new Set([...inA, ...inB]));
        expect(
          words(intersection(a, b)).every(
            path => inA.has(path) && inB.has(path),
          ),
        ).toBe(true);
        expect(new Set(words(difference(a, b)))).toEqual(
          new Set([...inA].filter(path => !inB.has(path))),
        );
        expect(isEmptySet(difference(a, a))).toBe(true);
      }),
    );
  });

  it('survives being written and read', () => {
    fc.assert(
      fc.property(sets, set => {
        expect(words(parseFields(serializeFields(set)))).toEqual(words(set));
      }),
    );
  });

  it('reads keys in any order as the same', () => {
    const [a, b] = [
      { 'k:{"port":80,"protocol":"TCP"}': {} },
      { 'k:{"protocol":"TCP","port":80}': {} },
    ].map(parseFields);
    expect(words(a)).toEqual(words(b));
  });
});
