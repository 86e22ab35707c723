import type { Freshness, Health } from '@callboard/plugin-callboard-common';
import { isBeingRead } from './isBeingRead';
import { judgeFreshness } from './judgeFreshness';
import { shownHealth } from './shownHealth';

const NOW = new Date('2026-11-20T12:00:00Z');
const GREEN: Health = {
  status: 'Healthy',
  reason: 'Available',
  message: 'fine',
};

describe('judgeFreshness', () => {
  it.each<{
    name: string;
    secondsAgo?: number;
    connected: boolean;
    expected: Freshness;
  }>([
    {
      name: 'just in contact',
      secondsAgo: 1,
      connected: true,
      expected: 'live',
    },
    {
      name: 'exactly at the deadline',
      secondsAgo: 15,
      connected: true,
      expected: 'live',
    },
    {
      name: 'past the deadline',
      secondsAgo: 15.001,
      connected: true,
      expected: 'stale',
    },
    {
      name: 'a clock that runs ahead',
      secondsAgo: -5,
      connected: true,
      expected: 'live',
    },
    { name: 'never in contact', connected: true, expected: 'stale' },
    {
      name: 'connection gone',
      secondsAgo: 1,
      connected: false,
      expected: 'unreachable',
    },
    {
      name: 'connection gone before a word',
      connected: false,
      expected: 'unreachable',
    },
  ])('$name', ({ secondsAgo, connected, expected }) => {
    const observedAt =
      secondsAgo === undefined
        ? undefined
        : new Date(NOW.getTime() - secondsAgo * 1_000);
    expect(
      judgeFreshness({ observedAt, connected, deadlineMs: 15_000 }, NOW),
    ).toBe(expected);
  });
});

describe('isBeingRead', () => {
  const ago = (seconds: number) => new Date(NOW.getTime() - seconds * 1_000);

  it.each([
    { name: 'in contact before the start', seen: 60, expected: true },
    { name: 'never in contact', expected: true },
    { name: 'in contact since', seen: 1, expected: false },
    { name: 'failed since', seen: 60, hasFailed: true, expected: false },
    { name: 'at its deadline', seen: 60, started: 15, expected: true },
    { name: 'past its deadline', seen: 60, started: 15.001, expected: false },
  ])('$name', ({ seen, hasFailed = false, started = 5, expected }) => {
    const contact = {
      ...(seen !== undefined && { observedAt: ago(seen) }),
      startedAt: ago(started),
      hasFailed,
      deadlineMs: 15_000,
    };
    expect(isBeingRead(contact, NOW)).toBe(expected);
  });
});

describe('shownHealth', () => {
  const seen = new Date('2026-11-20T11:56:00Z');

  it('shows a live verdict as it is', () => {
    expect(shownHealth(GREEN, 'live', seen, NOW)).toBe(GREEN);
  });

  it.each<{
    name: string;
    freshness: Freshness;
    observedAt?: Date;
    health: Health;
    expected: string;
  }>([
    {
      name: 'stale',
      freshness: 'stale',
      observedAt: seen,
      health: GREEN,
      expected: 'last seen 4 min ago, was healthy then',
    },
    {
      name: 'unreachable',
      freshness: 'unreachable',
      observedAt: seen,
      health: GREEN,
      expected: 'last seen 4 min ago, was healthy then',
    },
    {
      name: 'already unknown',
      freshness: 'stale',
      observedAt: seen,
      health: { ...GREEN, status: 'Unknown' },
      expected: 'last seen 4 min ago',
    },
    {
      name: 'never seen',
      freshness: 'stale',
      health: GREEN,
      expected: 'never seen',
    },
  ])(
    'is never green when it is $name',
    ({ freshness, observedAt, health, expected }) => {
      expect(shownHealth(health, freshness, observedAt, NOW)).toMatchObject({
        status: 'Unknown',
        message: expected,
      });
    },
  );
});
