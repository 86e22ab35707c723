import type { ClusterJoin, Problem } from '@callboard/plugin-callboard-common';
import { type JoinFacts, describeJoin } from './describeJoin';

const AT = new Date('2026-11-20T10:00:00Z');
const LATER = new Date('2026-11-20T11:00:00Z');
const problem: Problem = {
  code: 'cluster-refused',
  what: 'Cannot apply',
  why: 'it is refused',
  next: 'Ask for the right',
  transient: false,
};

function facts(over: Partial<JoinFacts> = {}): JoinFacts {
  return {
    cluster: 'edge-1',
    registeredAt: AT,
    tokenExpiresAt: LATER,
    isLive: false,
    hasBlueprint: true,
    ...over,
  };
}

const CONNECTED: Partial<JoinFacts> = {
  joinedAt: AT,
  connectedAt: AT,
  isLive: true,
};

const listSteps = ({ steps }: ClusterJoin) =>
  steps.map(({ step, state }) => `${step} ${state}`).join(', ');

it.each([
  {
    name: 'registered',
    given: facts(),
    expected:
      'registered done, token-used waiting, connected waiting, rights-checked waiting, inventory waiting, ready waiting',
  },
  {
    name: 'the token was used',
    given: facts({ joinedAt: AT }),
    expected:
      'registered done, token-used done, connected waiting, rights-checked waiting, inventory waiting, ready waiting',
  },
  {
    name: 'connected, with a right missing',
    given: facts({
      ...CONNECTED,
      rights: { checkedAt: AT, missing: ['patch deployments.apps'] },
    }),
    expected:
      'registered done, token-used done, connected done, rights-checked failed, inventory waiting, ready waiting',
  },
  {
    name: 'the blueprint is refused',
    given: facts({
      ...CONNECTED,
      rights: { checkedAt: AT, missing: [] },
      inventoryAt: AT,
      blueprintProblem: problem,
    }),
    expected:
      'registered done, token-used done, connected done, rights-checked done, inventory done, ready failed',
  },
  {
    name: 'connected, without a blueprint',
    given: facts({ ...CONNECTED, hasBlueprint: false }),
    expected:
      'registered done, token-used done, connected done, rights-checked waiting, inventory waiting, ready waiting',
  },
  {
    name: 'ready',
    given: facts({
      ...CONNECTED,
      rights: { checkedAt: AT, missing: [] },
      inventoryAt: AT,
      readyAt: AT,
    }),
    expected:
      'registered done, token-used done, connected done, rights-checked done, inventory done, ready done',
  },
])('$name', ({ given, expected }) => {
  const join = describeJoin(given, AT);
  expect(listSteps(join)).toBe(expected);
  for (const { state, message, at } of join.steps) {
    expect(state === 'done' || message !== undefined).toBe(true);
    expect(state !== 'done' || at !== undefined).toBe(true);
  }
});

it('says until when the token is good, and no more once it was used', () => {
  expect(describeJoin(facts(), AT).expiresAt).toBe(LATER.toISOString());
  expect(describeJoin(facts({ joinedAt: AT }), AT)).not.toHaveProperty(
    'expiresAt',
  );
});

it('says that a token expired, and what to do', () => {
  const { steps } = describeJoin(facts(), LATER);
  expect(steps[1]).toMatchObject({ state: 'failed', at: LATER.toISOString() });
  expect(steps[1].message).toContain('new command');
});

it('names the rights that are missing, some of many', () => {
  const missing = Array.from({ length: 8 }, (_, i) => `get things-${i}`);
  const [, , , step] = describeJoin(
    facts({ ...CONNECTED, rights: { checkedAt: AT, missing } }),
    AT,
  ).steps;
  expect(step.message).toMatch(/may not get things-0, .*things-4 and 3 more\./);
});

it('does not hide that a connected cluster is silent now', () => {
  const { steps } = describeJoin(facts({ ...CONNECTED, isLive: false }), AT);
  expect(steps[2]).toMatchObject({
    state: 'done',
    message: expect.stringContaining('no contact now'),
  });
});
