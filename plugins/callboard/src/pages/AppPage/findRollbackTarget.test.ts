import type {
  ReleaseDetails,
  ReleaseOutcome,
} from '@callboard/plugin-callboard-common';
import * as fixtures from '../../stories/fixtures';
import { findRollbackTarget } from './findRollbackTarget';

function release(
  number: number,
  ...outcomes: Array<
    [environment: string, kind: ReleaseOutcome['kind'], hour?: number]
  >
): ReleaseDetails {
  return {
    ...fixtures.releaseDetails(number),
    outcomes: outcomes.map(([environment, kind, hour = number]) => ({
      environment,
      since: new Date(Date.UTC(2026, 10, 20, hour)).toISOString(),
      kind,
      healthyOn: [],
      sentence: kind,
    })),
  };
}

it.each([
  {
    name: 'the newest that ran well there',
    releases: [
      release(4, ['prod', 'not-healthy-yet']),
      release(3, ['prod', 'replaced']),
      release(2, ['prod', 'replaced']),
    ],
    expected: 3,
  },
  {
    name: 'none that was rolled back, was never healthy, or ran elsewhere only',
    releases: [
      release(4, ['prod', 'healthy']),
      release(3, ['prod', 'rolled-back']),
      release(2, ['prod', 'never-healthy']),
      release(1, ['dev', 'replaced']),
    ],
    expected: undefined,
  },
  {
    name: 'none that came after it',
    releases: [
      release(5, ['prod', 'replaced']),
      release(4, ['prod', 'healthy']),
    ],
    expected: undefined,
  },
  {
    name: 'a newer one that an older one replaced',
    releases: [
      release(7, ['prod', 'replaced', 1]),
      release(4, ['prod', 'healthy', 2]),
    ],
    expected: 7,
  },
])('rolls back to $name', ({ releases, expected }) => {
  const prod = { name: 'prod', release: release(4) };
  expect(findRollbackTarget(prod, releases)?.number).toBe(expected);
});

it('has nothing to roll back where nothing is', () => {
  const empty = { name: 'prod', release: null };
  expect(
    findRollbackTarget(empty, [release(1, ['prod', 'replaced'])]),
  ).toBeUndefined();
});
