import type {
  LabelSelector,
  SelectorRequirement,
} from '@callboard/plugin-callboard-common';
import {
  listRequirements,
  fixRequirements,
  matchesSelector,
  meetsRequirement,
  validateSelector,
} from '.';

const LONG = 'x'.repeat(64);
const LONGEST = 'x'.repeat(63);

describe('label selectors', () => {
  it.each<[LabelSelector, boolean]>([
    [{}, true],
    [{ matchLabels: { env: 'prod' } }, true],
    [{ matchLabels: { env: 'dev' } }, false],
    [{ matchLabels: { constructor: 'x' } }, false],
    [
      {
        matchExpressions: [
          { key: 'env', operator: 'In', values: ['dev', 'prod'] },
        ],
      },
      true,
    ],
    [
      { matchExpressions: [{ key: 'nope', operator: 'NotIn', values: ['x'] }] },
      true,
    ],
    [
      {
        matchExpressions: [{ key: 'env', operator: 'NotIn', values: ['prod'] }],
      },
      false,
    ],
    [{ matchExpressions: [{ key: 'env', operator: 'Exists' }] }, true],
    [{ matchExpressions: [{ key: 'env', operator: 'DoesNotExist' }] }, false],
  ])('%j', (selector, expected) => {
    expect(matchesSelector(selector, { env: 'prod' })).toBe(expected);
  });

  it('never meets an operator nobody knows', () => {
    expect(
      meetsRequirement(
        { key: 'env', operator: 'Like' as 'In' },
        { env: 'prod' },
      ),
    ).toBe(false);
  });

  it.each<[SelectorRequirement, unknown]>([
    [
      { key: 'example.com/env', operator: 'In', values: ['a_b.c-d', ''] },
      undefined,
    ],
    [{ key: 'env', operator: 'Exists' }, undefined],
    [{ key: LONGEST, operator: 'Exists' }, undefined],
    [{ key: 'env', operator: 'In', values: [LONGEST] }, undefined],
    [{ key: `${'x.'.repeat(126)}x/y`, operator: 'Exists' }, undefined],
    [{ key: 'env', operator: 'In' }, expect.stringContaining('at least one')],
    [
      { key: 'env', operator: 'NotIn', values: [] },
      expect.stringContaining('at least one'),
    ],
    [
      { key: 'env', operator: 'DoesNotExist', values: ['x'] },
      expect.stringContaining('no values'),
    ],
    [
      { key: 'env', operator: 'Like' as 'In', values: ['x'] },
      expect.stringContaining('"Like"'),
    ],
    [{ key: '', operator: 'Exists' }, expect.stringContaining('label key')],
    [
      { key: 'a/b/c', operator: 'Exists' },
      expect.stringContaining('label key'),
    ],
    [{ key: LONG, operator: 'Exists' }, expect.stringContaining('label key')],
    [
      { key: 'UPPER.com/x', operator: 'Exists' },
      expect.stringContaining('label key'),
    ],
    [
      { key: `${'x.'.repeat(130)}x/y`, operator: 'Exists' },
      expect.stringContaining('label key'),
    ],
    [
      { key: 'env', operator: 'In', values: ['-x'] },
      expect.stringContaining('"-x"'),
    ],
    [
      { key: 'env', operator: 'In', values: [LONG] },
      expect.stringContaining('not a valid value'),
    ],
  ])('%j is judged as Kubernetes judges it', (requirement, fault) => {
    const found = validateSelector({ matchExpressions: [requirement] });
    expect(found).toEqual(fault);
  });

  it('looks at every requirement, labels by their name first', () => {
    const selector = {
      matchLabels: { b: 'x', a: 'y' },
      matchExpressions: [{ key: '0', operator: 'In' as const }],
    };
    expect(listRequirements(selector).map(({ key }) => key)).toEqual([
      'a',
      'b',
      '0',
    ]);
    expect(validateSelector(selector)).toContain('"0"');
  });

  it.each<[SelectorRequirement[], Record<string, string>, unknown]>([
    [
      [
        { key: 'z', operator: 'In', values: ['x'] },
        { key: 'b', operator: 'Exists' },
        { key: 'b', operator: 'In', values: ['q'] },
        { key: 'a', operator: 'NotIn' },
      ],
      { a: 'x' },
      [
        { rule: 'set-label', facts: { key: 'b', value: 'q' } },
        { rule: 'set-label', facts: { key: 'z', value: 'x' } },
      ],
    ],
    [
      [
        { key: 'a', operator: 'Exists' },
        { key: 'a', operator: 'NotIn', values: ['true', 'true-2'] },
      ],
      {},
      [{ rule: 'set-label', facts: { key: 'a', value: 'true-3' } }],
    ],
    [
      [
        { key: 'a', operator: 'In', values: ['x', 'y'] },
        { key: 'a', operator: 'NotIn', values: ['x'] },
      ],
      {},
      [{ rule: 'set-label', facts: { key: 'a', value: 'y' } }],
    ],
    [
      [{ key: 'a', operator: 'NotIn', values: ['x'] }],
      { a: 'x' },
      [{ rule: 'remove-label', facts: { key: 'a' } }],
    ],
    [
      [
        { key: 'a', operator: 'Exists' },
        { key: 'a', operator: 'DoesNotExist' },
      ],
      {},
      undefined,
    ],
    [[{ key: 'a', operator: 'Exists' }], { a: '' }, []],
  ])(
    '%j is fixed by as few values as can be',
    (requirements, values, expected) => {
      expect(fixRequirements(requirements, values, 'label')).toEqual(expected);
    },
  );
});
