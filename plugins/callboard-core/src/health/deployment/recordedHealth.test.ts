import type {
  Finding,
  Health,
  HealthStatus,
  Problem,
} from '@callboard/plugin-callboard-common';
import { recordedHealth } from './recordedHealth';

const as = (status: HealthStatus): Health => ({
  status,
  reason: 'Reported',
  message: `it is ${status}`,
});

const problem = (transient: boolean): Problem => ({
  code: 'cluster-refused',
  what: 'Cannot apply "shop"',
  why: 'the cluster refuses it',
  next: 'Ask',
  transient,
});

const finding = (known: Partial<Finding>): Finding => ({
  code: 'bad-port',
  what: 'nothing listens on 8080',
  evidence: [],
  logTail: [],
  next: 'Correct the port',
  confidence: 'certain',
  ...known,
});

it.each<{
  name: string;
  found: Parameters<typeof recordedHealth>[0];
  before?: HealthStatus;
  isSame?: boolean;
  expected: string | undefined;
}>([
  {
    name: 'what was seen',
    found: { health: as('Healthy') },
    expected: 'Healthy: it is Healthy',
  },
  {
    name: 'nothing was found out',
    found: { findings: [] },
    expected: undefined,
  },
  {
    name: 'it cannot be delivered, whatever runs there',
    found: { health: as('Healthy'), problem: problem(false) },
    expected: 'Degraded: Cannot apply "shop": the cluster refuses it',
  },
  {
    name: 'it cannot be delivered for now',
    found: { health: as('Healthy'), problem: problem(true) },
    expected: 'Progressing: Cannot apply "shop": the cluster refuses it',
  },
  {
    name: 'waiting cannot mend it',
    found: {
      health: as('Progressing'),
      findings: [finding({}), finding({ conclusive: true, what: 'no port' })],
    },
    expected: 'Degraded: no port',
  },
  {
    name: 'waiting may mend it, though the cause is certain',
    found: { health: as('Progressing'), findings: [finding({})] },
    expected: 'Progressing: it is Progressing',
  },
  {
    name: 'between two crashes',
    found: { health: as('Progressing') },
    before: 'Degraded',
    expected: 'Degraded: it is Degraded',
  },
  {
    name: 'something new is wanted after a failure',
    found: { health: as('Progressing') },
    before: 'Degraded',
    isSame: false,
    expected: 'Progressing: it is Progressing',
  },
  {
    name: 'it recovers',
    found: { health: as('Healthy') },
    before: 'Degraded',
    expected: 'Healthy: it is Healthy',
  },
])('$name', ({ found, before = 'Healthy', isSame = true, expected }) => {
  const health = recordedHealth(found, { health: as(before), isSame });
  expect(health && `${health.status}: ${health.message}`).toBe(expected);
});
