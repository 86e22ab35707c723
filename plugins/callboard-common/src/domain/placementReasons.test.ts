import { readPlacementReason, readPlacementRemedy } from './placementReasons';

it.each<[string, unknown]>([
  ['one without facts', { rule: 'fits', facts: {} }],
  [
    'one with all its facts',
    {
      rule: 'has-capacity',
      facts: { resource: 'pods', needed: 2, free: 1, kept: true },
    },
  ],
  [
    'one with a list',
    {
      rule: 'required-labels',
      facts: { key: 'env', operator: 'In', wanted: ['prod'] },
    },
  ],
  [
    'a fact more, of another version',
    { rule: 'misconfigured', facts: { why: 'x', since: 1 } },
  ],
])('reads a reason that was written: %s', (_, written) => {
  expect(readPlacementReason(written)).toEqual(written);
});

it.each<[string, unknown, string]>([
  ['a rule of another version', { rule: 'a-rule', facts: {} }, 'a-rule'],
  ['a fact is missing', { rule: 'unschedulable', facts: {} }, 'unschedulable'],
  [
    'a fact is of another kind',
    { rule: 'in-cluster-set', facts: { actual: 'gold', wanted: [] } },
    'in-cluster-set',
  ],
  ['a name that every object has', { rule: 'toString', facts: {} }, 'toString'],
  ['no facts', { rule: 'fits' }, 'fits'],
  ['no object', null, 'nothing known'],
  ['a rule that is no text', { rule: 7, facts: {} }, 'nothing known'],
])('says what it cannot read: %s', (_, written, rule) => {
  const unrecognized = { rule: 'unrecognized', facts: { rule } };
  expect(readPlacementReason(written)).toEqual(unrecognized);
  expect(readPlacementRemedy(written)).toEqual(unrecognized);
});

it('reads a remedy with what is needed together with it', () => {
  expect(
    readPlacementRemedy({
      rule: 'uncordon',
      facts: {},
      and: [
        { rule: 'set-label', facts: { key: 'env', value: 'prod' } },
        { rule: 'set-label', facts: { key: 'env' } },
      ],
    }),
  ).toEqual({
    rule: 'uncordon',
    facts: {},
    and: [
      { rule: 'set-label', facts: { key: 'env', value: 'prod' } },
      { rule: 'unrecognized', facts: { rule: 'set-label' } },
    ],
  });
});
