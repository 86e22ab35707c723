import type { App } from '@callboard/plugin-callboard-common';
import { app } from '../../../stories/fixtures';
import { maySet, whoMaySet } from './maySet';

/** Checkout, whose production takes only what leads approve. */
function guarded(viewer: App['viewer'], isDevThere = true): App {
  const { environments, ...rest } = app();
  return {
    ...rest,
    viewer,
    environments: environments.map(each =>
      each.promotion
        ? {
            ...each,
            promotion: { ...each.promotion, approval: 'group:default/leads' },
          }
        : { ...each, ...(!isDevThere && { release: null }) },
    ),
  };
}

const MAKER = { promote: true, approve: [] };
const LEAD = { promote: false, approve: ['prod'] };

it.each([
  { who: 'a maker', of: guarded(MAKER), may: ['dev'] },
  { who: 'a lead', of: guarded(LEAD), may: ['prod'] },
  {
    who: 'a lead, where nothing but production has a release',
    of: guarded(LEAD, false),
    may: ['prod', undefined],
  },
  {
    who: 'a maker who is a lead',
    of: guarded({ ...MAKER, approve: ['prod'] }),
    may: ['dev', 'prod', undefined],
  },
  {
    who: 'a maker, where nothing needs an approval',
    of: app({ viewer: MAKER }),
    may: ['dev', 'prod', undefined],
  },
  {
    who: 'somebody else',
    of: app({ viewer: { promote: false, approve: [] } }),
    may: [],
  },
  {
    who: 'anybody, where the portal does not say',
    of: app(),
    may: ['dev', 'prod', undefined],
  },
])('$who may set in $may', ({ of, may }) => {
  expect(['dev', 'prod', undefined].filter(where => maySet(of, where))).toEqual(
    may,
  );
});

it('says who may', () => {
  expect(
    ['dev', 'prod', undefined].map(where => whoMaySet(guarded(MAKER), where)),
  ).toEqual([
    'Only payments can change its settings',
    'Only leads can change what is set in Production',
    'It counts in Production too, where only leads can change settings',
  ]);
  expect(
    whoMaySet(app({ viewer: { promote: false, approve: [] } }), undefined),
  ).toBe('Only payments can change its settings');
});
