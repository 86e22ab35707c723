import type {
  AppEnvironment,
  Freshness,
  HealthStatus,
} from '@callboard/plugin-callboard-common';
import { describePromotion } from './describePromotion';

type Promotion = NonNullable<AppEnvironment['promotion']>;

const development = (status: HealthStatus, freshness: Freshness = 'live') => ({
  title: 'Development',
  health: { status, reason: 'Reported' as const, message: '' },
  freshness,
});

const say = (
  over: Partial<Promotion>,
  from = development('Healthy'),
): string | undefined =>
  describePromotion(
    { title: 'Production', promotion: { from: 'dev', candidate: 6, ...over } },
    from,
  );

describe('describePromotion', () => {
  it.each<[string, string | undefined, string]>([
    ['ready', say({}), 'Release 6 is ready'],
    ['nothing newer', say({ candidate: null }), 'Nothing to promote'],
    [
      'starting',
      say({}, development('Progressing')),
      'Waiting: release 6 is still starting in Development',
    ],
    [
      'degraded',
      say({}, development('Degraded')),
      'Waiting: release 6 is degraded in Development',
    ],
    [
      'suspended',
      say({}, development('Suspended')),
      'Waiting: release 6 is suspended in Development',
    ],
    [
      'missing',
      say({}, development('Missing')),
      'Waiting: release 6 runs nowhere in Development',
    ],
    [
      'silent, whatever was seen last',
      say({}, development('Healthy', 'stale')),
      'Waiting: it is not known how release 6 is in Development',
    ],
    [
      'blocked',
      say({
        blockedBy: {
          code: 'release-degraded',
          what: 'Cannot',
          why: 'it is too large',
          next: 'Wait',
          transient: false,
        },
      }),
      'Waiting: it is too large',
    ],
    [
      'for approval',
      say({ approval: 'group:default/payments-leads' }),
      'Release 6 waits for approval by payments-leads',
    ],
    [
      'rolled back, which says more than that it waits for approval',
      say({
        approval: 'group:default/payments-leads',
        rolledBack: {
          to: 5,
          by: 'user:default/bo',
          at: '2026-11-20T11:59:00Z',
        },
      }),
      'Release 6 was rolled back in Production',
    ],
    [
      'older than what runs',
      say({ change: 'older' }),
      'The older release 6 is ready',
    ],
    [
      'there before what runs',
      say({ change: 'rollback' }),
      'Release 6 was here before',
    ],
  ])('%s', (_, said, expected) => {
    expect(said).toBe(expected);
  });

  it('says nothing of an environment that nothing is promoted to', () => {
    expect(describePromotion({ title: 'Development' }, undefined)).toBe(
      undefined,
    );
  });
});
