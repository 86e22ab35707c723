import type {
  AppEnvironment,
  SettingList,
} from '@callboard/plugin-callboard-common';
import { app, rolloutSummary } from '../../../stories/fixtures';
import { lacking, settings } from '../../../stories/settingFixtures';
import {
  type ChangedSetting,
  describeEffect,
  effectIn,
} from '@callboard/plugin-callboard-core';

interface Case {
  name: string;
  change: Partial<ChangedSetting> & { name: string };
  over?: Partial<AppEnvironment>;
  /** Undefined: not read yet. */
  list?: SettingList | undefined;
  expected: string;
}

const [, production] = app().environments;
const cases: Case[] = [
  {
    name: 'what reads it starts again on every cluster',
    change: { name: 'RATES_URL', secret: false },
    expected: 'web and worker start again on 3 clusters of Production',
  },
  {
    name: 'in the waves that its rollouts have',
    change: { name: 'PAYMENT_KEY', secret: true },
    over: { rollout: rolloutSummary('done') },
    expected: 'web starts again on 3 clusters of Production, in waves',
  },
  {
    name: 'clusters that it leaves are not counted',
    change: { name: 'PAYMENT_KEY', secret: true },
    over: {
      clusters: production.clusters.map((each, index) =>
        index === 0 ? { ...each, desiredRelease: null } : each,
      ),
    },
    expected: 'web starts again on 2 clusters of Production',
  },
  {
    name: 'what runs nowhere starts nowhere',
    change: { name: 'PAYMENT_KEY', secret: true },
    over: { clusters: [] },
    expected:
      'web runs on no cluster of Production: nothing starts again there',
  },
  {
    name: 'nothing reads it',
    change: { name: 'OLD_RATES_URL', secret: false },
    expected: 'No release in Production reads it: nothing starts again there',
  },
  {
    name: 'nothing reads it as this kind',
    change: { name: 'RATES_URL', secret: true },
    expected: 'No release in Production reads it: nothing starts again there',
  },
  {
    name: 'what is set for all counts where nothing else is set',
    change: { name: 'RATES_URL', secret: false, isShared: true },
    expected: 'web and worker start again on 3 clusters of Production',
  },
  {
    name: 'what is set for all does not count where something else is set',
    change: { name: 'PAYMENT_KEY', secret: true, isShared: true },
    expected: 'Production has its own, which stays: nothing starts again there',
  },
  {
    name: 'a release waits for it',
    change: { name: 'RATES_TOKEN', secret: true },
    list: settings('prod', { lacking: [lacking()] }),
    expected: 'Release 44 in Production waits for it: worker starts with it',
  },
  {
    name: 'a release waits for others too',
    change: { name: 'RATES_TOKEN', secret: true },
    list: settings('prod', {
      lacking: [lacking(), lacking({ name: 'RATES_USER' })],
    }),
    expected:
      'Release 44 in Production waits for it, and for RATES_USER as well',
  },
  {
    name: 'a release waits for the other kind',
    change: { name: 'RATES_TOKEN', secret: false },
    list: settings('prod', { lacking: [lacking()] }),
    expected: 'No release in Production reads it: nothing starts again there',
  },
  {
    name: 'it is not known what reads it',
    change: { name: 'RATES_URL', secret: false },
    list: undefined,
    expected: 'It is not known now what reads it in Production',
  },
];

it.each(cases)('$name', given => {
  const { change, over, expected } = given;
  const effect = effectIn(
    { ...production, ...over },
    'list' in given ? given.list : settings('prod'),
    { isShared: false, ...change },
  );
  expect(describeEffect(effect, 'Production')).toBe(expected);
});
