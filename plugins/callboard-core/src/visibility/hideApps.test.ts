import type { JournalEntry } from '@callboard/plugin-callboard-common';
import {
  hideAppsOfJournal,
  type ReadableApps,
  withoutNamesIn,
} from './hideApps';

const READABLE: ReadableApps = {
  mayRead: app => app === 'shop',
  hidden: ['pay', 'ledger-eu', 'dev'],
};

/** What somebody reads who may read the app "shop" only. */
const read = (message: string) =>
  withoutNamesIn({ verdicts: [{ reasons: [{ message }] }] }, READABLE)
    .verdicts[0].reasons[0].message;

describe('a text that somebody reads who may not read every app', () => {
  it.each([
    [
      'shop in dev, pay in dev ran there',
      'shop in dev, another app in dev ran there',
    ],
    [
      'Move "pay" and ledger-eu away',
      'Move "another app" and another app away',
    ],
    [
      'namespaces "pay--dev" is forbidden',
      'namespaces "another app--dev" is forbidden',
    ],
    ['of pay/prod', 'of another app/prod'],
    // Longer names, parts of addresses and environments are not apps.
    [
      'payments, pay-eu, eu-pay, pay.internal run in dev',
      'payments, pay-eu, eu-pay, pay.internal run in dev',
    ],
  ])('%s', (whole, expected) => {
    expect(read(whole)).toBe(expected);
  });

  it('keeps names and codes: only words are changed', () => {
    const placement = {
      verdicts: [
        {
          cluster: 'pay',
          reasons: [{ rule: 'pay', message: 'pay' }],
          remedy: 'Stop pay',
        },
      ],
    };
    expect(withoutNamesIn(placement, READABLE)).toEqual({
      verdicts: [
        {
          cluster: 'pay',
          reasons: [{ rule: 'pay', message: 'another app' }],
          remedy: 'Stop another app',
        },
      ],
    });
  });

  it('is cleaned in the journal, with and without an app', () => {
    const entries = [
      { message: 'shop left for pay', app: 'shop' },
      { message: 'It happened to pay', app: 'pay' },
      { message: 'Cluster eu-1 was drained', why: 'pay is too loud' },
    ] as JournalEntry[];
    expect(hideAppsOfJournal(entries, READABLE)).toEqual([
      { message: 'shop left for another app', app: 'shop' },
      { message: 'Cluster eu-1 was drained', why: 'another app is too loud' },
    ]);
  });
});
