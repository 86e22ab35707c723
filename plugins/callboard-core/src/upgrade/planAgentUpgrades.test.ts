import {
  type AgentInFleet,
  type UpgradePlan,
  planAgentUpgrades,
} from './planAgentUpgrades';

const NOW = new Date('2026-11-20T10:00:00Z');
const TARGET = { version: '0.2.0', deadlineMs: 60_000 };
const ago = (ms: number) => new Date(NOW.getTime() - ms);

const agents = (count: number, over: Partial<AgentInFleet> = {}) =>
  Array.from(
    { length: count },
    (_, i): AgentInFleet => ({
      cluster: `c-${String(i).padStart(2, '0')}`,
      version: '0.1.0',
      isConnected: true,
      ...over,
    }),
  );

const sent = (over: { ms?: number; hasFailed?: boolean } = {}) => ({
  version: '0.2.0',
  startedAt: ago(over.ms ?? 1_000),
  hasFailed: over.hasFailed ?? false,
});

/** The first `count` run the new version; `under` more were sent it. */
function midway(
  total: number,
  count: number,
  under: Partial<AgentInFleet>[] = [],
) {
  return agents(total).map((agent, i): AgentInFleet => {
    if (i < count) return { ...agent, version: '0.2.0', upgrade: sent() };
    return { ...agent, ...under[i - count] };
  });
}

const listUpgrades = (plan: UpgradePlan) => {
  switch (plan.kind) {
    case 'start':
      return `wave ${plan.wave}: ${plan.clusters.length} from ${plan.clusters[0]}`;
    case 'waiting':
      return `waiting on ${plan.on.join()}`;
    case 'halted':
      return `halted by ${plan.because.join()}, late ${plan.late.join()}`;
    case 'done':
      return 'done';
    default:
      return plan satisfies never;
  }
};

it.each([
  { name: 'nobody is there', given: [], expected: 'done' },
  {
    name: 'all run it',
    given: agents(3, { version: '0.2.0' }),
    expected: 'done',
  },
  {
    name: 'newer ones are left alone',
    given: agents(3, { version: '0.3.0' }),
    expected: 'done',
  },
  {
    name: 'what is no version is left alone',
    given: agents(3, { version: 'dev' }),
    expected: 'done',
  },
  {
    name: 'the first wave is one',
    given: agents(40),
    expected: 'wave 1: 1 from c-00',
  },
  {
    name: 'only those that are connected',
    given: [...agents(1, { isConnected: false }), ...agents(2).slice(1)],
    expected: 'wave 1: 1 from c-01',
  },
  {
    name: 'a wave under way is waited for',
    given: midway(40, 0, [{ upgrade: sent() }]),
    expected: 'waiting on c-00',
  },
  {
    name: 'sent, and away: it is waited for',
    given: midway(40, 0, [{ upgrade: sent(), isConnected: false }]),
    expected: 'waiting on c-00',
  },
  {
    name: 'the second wave is a tenth',
    given: midway(40, 1),
    expected: 'wave 2: 4 from c-01',
  },
  {
    name: 'the third wave is the rest',
    given: midway(40, 5),
    expected: 'wave 3: 35 from c-05',
  },
  {
    name: 'one that does not return in time halts everything',
    given: midway(40, 1, [{ upgrade: sent({ ms: 60_000 }) }]),
    expected: 'halted by c-01, late c-01',
  },
  {
    name: 'one that could not be upgraded too',
    given: midway(40, 1, [{ upgrade: sent({ hasFailed: true }) }]),
    expected: 'halted by c-01, late ',
  },
  {
    name: 'it goes on once the late one is there',
    given: midway(40, 2).map(agent => ({
      ...agent,
      ...(agent.upgrade && {
        upgrade: sent({ ms: 600_000, hasFailed: true }),
      }),
    })),
    expected: 'wave 2: 4 from c-02',
  },
  {
    name: 'an older upgrade says nothing of this one',
    given: agents(2, {
      upgrade: { version: '0.1.5', startedAt: ago(600_000), hasFailed: true },
    }),
    expected: 'wave 1: 1 from c-00',
  },
])('$name', ({ given, expected }) => {
  expect(listUpgrades(planAgentUpgrades(given, TARGET, NOW))).toBe(expected);
});
