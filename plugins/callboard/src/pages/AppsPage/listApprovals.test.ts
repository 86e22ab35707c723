import type { App } from '@callboard/plugin-callboard-common';
import * as fixtures from '../../stories/fixtures';
import { listApprovals } from './listApprovals';

const LEADS = 'group:default/payments-leads';

/** Release 44 is healthy in dev and waits for payments-leads to approve it for prod. */
function approvable(
  name: string,
  over: { releasedAt?: string; approval?: string; isSick?: boolean } = {},
): App {
  const app = fixtures.app();
  const [dev, prod] = app.environments;
  const { releasedAt = '2026-11-20T10:00:00Z', approval = LEADS } = over;
  const health = over.isSick
    ? {
        status: 'Degraded' as const,
        reason: 'Restarted' as const,
        message: 'it crashes',
      }
    : dev.health;
  return {
    ...app,
    name,
    environments: [
      { ...dev, releasedAt, health },
      { ...prod, promotion: { from: 'dev', candidate: 44, approval } },
    ],
  };
}

it.each([
  {
    name: 'what waits for a group of the reader, longest waiting first',
    apps: [
      approvable('late', { releasedAt: '2026-11-20T12:00:00Z' }),
      approvable('early', { releasedAt: '2026-11-20T09:00:00Z' }),
    ],
    expected: ['early 44 to Production', 'late 44 to Production'],
  },
  {
    name: 'nothing that another group approves',
    apps: [approvable('shop', { approval: 'group:default/others' })],
    expected: [],
  },
  {
    name: 'nothing that cannot go on yet',
    apps: [approvable('shop', { isSick: true })],
    expected: [],
  },
  {
    name: 'nothing that needs no approval',
    apps: [fixtures.app()],
    expected: [],
  },
])('lists $name', ({ apps, expected }) => {
  expect(
    listApprovals(apps, new Set([LEADS])).map(
      ({ app, release, environmentTitle }) =>
        `${app} ${release.number} to ${environmentTitle}`,
    ),
  ).toEqual(expected);
});
