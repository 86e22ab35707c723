import {
  type PlacementChange,
  type PlacementReason,
  readPlacementReason,
  readPlacementRemedy,
} from '@callboard/plugin-callboard-common';
import { keepWhereItWas } from './keepWhereItWas';
import {
  describeDecision,
  describePlacementReason,
  describeRefusals,
  describeRemedy,
} from './sentences';

const REASONS: PlacementReason[] = [
  { rule: 'not-deleting', facts: {} },
  { rule: 'not-cordoned', facts: {} },
  { rule: 'not-draining', facts: {} },
  { rule: 'stays-on-cordoned', facts: {} },
  { rule: 'in-cluster-set', facts: { actual: [], wanted: ['gold'] } },
  {
    rule: 'in-cluster-set',
    facts: { actual: ['a', 'b'], wanted: ['gold', 'silver', 'bronze'] },
  },
  {
    rule: 'required-labels',
    facts: {
      key: 'env',
      operator: 'In',
      wanted: ['prod', 'qa'],
      actual: 'dev',
    },
  },
  {
    rule: 'required-labels',
    facts: { key: 'env', operator: 'In', wanted: ['prod'], predicate: 2 },
  },
  {
    rule: 'required-claims',
    facts: { key: 'env', operator: 'NotIn', wanted: ['dev'], actual: 'dev' },
  },
  {
    rule: 'required-claims',
    facts: { key: 'env', operator: 'Exists', wanted: [] },
  },
  {
    rule: 'required-claims',
    facts: { key: 'env', operator: 'DoesNotExist', wanted: [], actual: 'dev' },
  },
  {
    rule: 'required-claims',
    facts: { key: 'env', operator: 'Like', wanted: [], actual: 'dev' },
  },
  { rule: 'required-expression', facts: { expression: 'x', outcome: 'false' } },
  {
    rule: 'required-expression',
    facts: { expression: 'x', outcome: 'failed', why: 'no such key' },
  },
  {
    rule: 'required-expression',
    facts: { expression: 'x', outcome: 'not-a-boolean' },
  },
  {
    rule: 'runs-blueprint',
    facts: { required: 'pci', actual: 'pci', kept: true },
  },
  {
    rule: 'runs-blueprint',
    facts: { required: 'golden', actual: 'pci', kept: true },
  },
  {
    rule: 'runs-blueprint',
    facts: { required: 'pci', actual: 'golden', kept: false },
  },
  {
    rule: 'runs-blueprint',
    facts: { required: 'pci', actual: '', kept: false },
  },
  {
    rule: 'tolerates-taints',
    facts: { key: 'callboard.dev/blueprint', value: 'pci', effect: 'NoSelect' },
  },
  {
    rule: 'tolerates-taints',
    facts: { key: 'team', value: 'data', effect: 'NoSelect' },
  },
  {
    rule: 'tolerates-taint',
    facts: { key: 'callboard.dev/blueprint', value: 'pci', effect: 'NoSelect' },
  },
  {
    rule: 'tolerates-taint',
    facts: { key: 'gpu', value: '', effect: 'NoSelect' },
  },
  {
    rule: 'has-capacity',
    facts: { resource: 'cpuMillicores', free: 100, needed: 500 },
  },
  { rule: 'has-capacity', facts: { resource: 'disks', free: 1, needed: 2 } },
  { rule: 'reachable', facts: { freshness: 'unreachable' } },
  {
    rule: 'reachable',
    facts: {
      freshness: 'stale',
      observedAt: '2026-11-20T12:00:00Z',
      silentSeconds: 20,
    },
  },
  {
    rule: 'unreachable-tolerated',
    facts: {
      freshness: 'stale',
      observedAt: '2026-11-20T12:00:00Z',
      silentSeconds: 600,
    },
  },
  {
    rule: 'unreachable-tolerated',
    facts: {
      freshness: 'stale',
      observedAt: '2026-11-20T12:00:00Z',
      silentSeconds: 7200,
    },
  },
  {
    rule: 'unreachable-tolerated',
    facts: {
      freshness: 'stale',
      observedAt: '2026-11-20T12:00:00Z',
      silentSeconds: 900000,
    },
  },
  { rule: 'stay-put', facts: {} },
  { rule: 'spread', facts: { topologyKey: 'region', domain: 'eu' } },
  {
    rule: 'keeps-spread',
    facts: { topologyKey: 'region', domain: 'eu', skew: 2, maxSkew: 1 },
  },
  {
    rule: 'keeps-spread',
    facts: { topologyKey: 'region', domain: '', maxSkew: 1 },
  },
  { rule: 'number-of-clusters', facts: { wanted: 1, score: 0 } },
  { rule: 'number-of-clusters', facts: { wanted: 3, score: 0 } },
  { rule: 'fits', facts: {} },
  { rule: 'score', facts: { prioritizer: 'Steady', score: 100, weight: 1 } },
  { rule: 'score', facts: { prioritizer: 'Steady', score: 100, weight: 3 } },
  { rule: 'too-few-clusters', facts: { wanted: 3, found: 1 } },
  {
    rule: 'spread-not-kept',
    facts: { topologyKey: 'region', skew: 2, maxSkew: 1 },
  },
  { rule: 'misconfigured', facts: { why: 'nobody knows' } },
  { rule: 'ignored-field', facts: { field: 'spreadPolicy' } },
  { rule: 'matches-affinity', facts: { part: 'excluded' } },
  { rule: 'matches-affinity', facts: { part: 'unknown' } },
  { rule: 'serves-api', facts: { apiVersion: 'apps/v1', kind: 'Deployment' } },
  { rule: 'has-field', facts: { field: 'region' } },
  { rule: 'scaled-down', facts: { replicas: 1 } },
  { rule: 'no-replicas', facts: { capacity: 0 } },
  { rule: 'no-replicas', facts: { capacity: 4 } },
  { rule: 'not-selected', facts: {} },
  { rule: 'replicas', facts: { replicas: 1, capacity: 3 } },
  { rule: 'replicas', facts: { replicas: 2, capacity: 3 } },
  { rule: 'unschedulable', facts: { why: 'no cluster fits' } },
  { rule: 'affinity-taken', facts: { affinity: 'one' } },
  readPlacementReason({ rule: 'a-rule-of-tomorrow', facts: {} }),
  { rule: 'failback-hold', facts: {} },
  { rule: 'comes-back', facts: {} },
  { rule: 'stays-until-replaced', facts: { because: 'draining' } },
  {
    rule: 'stays-until-replaced',
    facts: {
      because: 'silent',
      freshness: 'unreachable',
      observedAt: '2026-11-20T11:50:00Z',
      silentSeconds: 600,
      failoverAfterSeconds: 300,
    },
  },
  {
    rule: 'unreachable-tolerated',
    facts: {
      freshness: 'unreachable',
      observedAt: '2026-11-20T11:58:00Z',
      silentSeconds: 120,
      failoverAfterSeconds: 300,
    },
  },
  {
    rule: 'reachable',
    facts: {
      freshness: 'unreachable',
      observedAt: '2026-11-20T11:50:00Z',
      silentSeconds: 600,
      failoverAfterSeconds: 300,
    },
  },
  {
    rule: 'misconfigured',
    facts: { why: 'nobody knows', next: 'Ask somebody' },
  },
  {
    rule: 'misconfigured',
    facts: { why: 'nobody knows', next: 'Ask somebody', kept: true },
  },
  { rule: 'stays-undecided', facts: { why: 'nobody knows' } },
  {
    rule: 'stays-until-replaced',
    facts: { because: 'expression', expression: 'x', why: 'no such key' },
  },
  {
    rule: 'runs-blueprint',
    facts: { required: 'pci', actual: '', unknown: 'pic', kept: false },
  },
  {
    rule: 'shares-replicas',
    facts: { replicas: 1, of: 1, kept: 1, by: 'static' },
  },
  {
    rule: 'shares-replicas',
    facts: { replicas: 3, of: 5, kept: 1, by: 'dynamic' },
  },
  {
    rule: 'has-capacity',
    facts: {
      resource: 'memoryBytes',
      largest: 16 * 1024 ** 3,
      needed: 900 * 1024 ** 3,
    },
  },
  {
    rule: 'has-capacity',
    facts: {
      resource: 'ephemeralStorageBytes',
      largest: 100 * 1024 ** 3,
      needed: 200 * 1024 ** 3,
      kept: true,
    },
  },
  {
    rule: 'of-modules',
    facts: { name: 'no-ledgers', why: 'Plants keep no ledgers', next: 'Ask' },
  },
  {
    rule: 'stays-until-replaced',
    facts: { because: 'module-rule', why: 'Plants keep no ledgers' },
  },
];

const CHANGES: PlacementChange[] = [
  { rule: 'set-label', facts: { key: 'env', value: 'prod' } },
  { rule: 'remove-label', facts: { key: 'env' } },
  { rule: 'set-claim', facts: { key: 'env', value: 'prod' } },
  { rule: 'remove-claim', facts: { key: 'env' } },
  { rule: 'join-cluster-set', facts: { set: 'gold' } },
  { rule: 'uncordon', facts: {} },
  { rule: 'stop-draining', facts: {} },
  { rule: 'free-capacity', facts: { cpuMillicores: 500, ...{ disks: 1 } } },
  { rule: 'reconnect', facts: {} },
  { rule: 'run-blueprint', facts: { blueprint: 'pci' } },
  { rule: 'require-blueprint', facts: { blueprint: 'pci' } },
  { rule: 'tolerate', facts: { key: 'team' } },
  { rule: 'serve-api', facts: { apiVersion: 'apps/v1', kind: 'Deployment' } },
  { rule: 'set-field', facts: { field: 'region' } },
  { rule: 'no-longer-exclude', facts: { cluster: 'a' } },
  { rule: 'name-cluster', facts: { cluster: 'a' } },
  { rule: 'drop-field-selector', facts: {} },
  { rule: 'drop-expression', facts: { expression: 'x', predicate: 1 } },
  { rule: 'raise-max-skew', facts: { topologyKey: 'region', maxSkew: 2 } },
  readPlacementRemedy({ rule: 'a-change-of-tomorrow', facts: {} }),
  { rule: 'mend-placement', facts: { next: 'Correct the file' } },
  { rule: 'add-node', facts: { memoryBytes: 900 * 1024 ** 3 } },
];

describe('sentences', () => {
  it('says every reason', () => {
    expect(REASONS.map(describePlacementReason)).toMatchSnapshot();
  });

  it('says every change, alone and together', () => {
    expect(CHANGES.map(describeRemedy)).toMatchSnapshot();
    expect(
      describeRemedy({ ...CHANGES[0], and: [CHANGES[5], CHANGES[8]] }),
    ).toBe(
      'Label the cluster env=prod, uncordon the cluster and bring the cluster back in contact',
    );
  });

  it.each([
    [{ chosen: [], satisfied: false }, 'No cluster fits prod.'],
    [
      { chosen: [], satisfied: false, wanted: 1 },
      'Runs on none of 1 wanted cluster in prod.',
    ],
    [
      { chosen: ['a'], satisfied: true },
      'Runs on all 1 fitting cluster in prod: a.',
    ],
    [
      { chosen: ['a', 'b', 'c', 'd', 'e'], satisfied: true, wanted: 5 },
      'Runs on 5 of 5 wanted clusters in prod: a, b, c, d, e.',
    ],
    [
      { chosen: ['a', 'b', 'c', 'd', 'e', 'f'], satisfied: true, wanted: 6 },
      'Runs on 6 of 6 wanted clusters in prod: a, b, c, d, e and 1 more.',
    ],
  ])('%j', (decision, expected) => {
    expect(
      describeDecision(
        { notes: [], verdicts: [], ...decision },
        { environment: 'prod' },
      ),
    ).toBe(expected);
  });

  it.each([
    [
      ['a'],
      'Runs on a in prod. The placement is misconfigured, kept where it was: nobody knows. Ask somebody.',
    ],
    [
      [],
      'Runs on no cluster in prod. The placement cannot be judged: nobody knows. Ask somebody.',
    ],
  ])(
    'says of a placement that cannot be decided that %j is kept',
    (chosen, expected) => {
      const fault = { why: 'nobody knows', next: 'Ask somebody' };
      const cluster = {
        name: 'a',
        labels: {},
        claims: {},
        taints: [],
        freshness: 'live' as const,
      };
      const before = { chosen, verdicts: [] };
      expect(
        describeDecision(keepWhereItWas([cluster], before, fault), {
          environment: 'prod',
        }),
      ).toBe(expected);
    },
  );

  it('names what is refused equally often in the order of the words', () => {
    const verdicts = [REASONS[1], REASONS[0], REASONS[2], REASONS[1]].map(
      (reason, index) => ({
        cluster: `c${index}`,
        verdict: 'refused' as const,
        reasons: [reason],
      }),
    );
    expect(
      describeRefusals({ chosen: [], satisfied: false, notes: [], verdicts }),
    ).toEqual([
      '2 refused: it is cordoned: nothing new is placed on it. 1 refused: it is being deleted. 1 refused: it is being drained: what runs there leaves',
    ]);
  });

  it('says all reasons where that is asked, and counts those it leaves out', () => {
    const decision = {
      chosen: [],
      satisfied: false,
      notes: [],
      verdicts: [REASONS[0], REASONS[1], REASONS[2], REASONS[4]].map(
        (reason, index) => ({
          cluster: `c${index}`,
          verdict: 'refused' as const,
          reasons: [reason],
        }),
      ),
    };
    const [short] = describeRefusals(decision);
    const [whole] = describeRefusals(decision, Infinity);
    expect(short.split('. ')).toHaveLength(4);
    expect(short).toMatch(/\. 1 more for other reasons$/);
    expect(whole.split('. ')).toHaveLength(4);
    expect(whole).not.toMatch(/other reasons/);
  });

  it('says since when there is no contact, not for how long: it is read later than it was decided', () => {
    const facts = {
      freshness: 'unreachable',
      observedAt: '2026-11-20T12:00:05Z',
      silentSeconds: 59,
    };
    expect(
      describePlacementReason({ rule: 'unreachable-tolerated', facts }),
    ).toBe('No contact since 20 Nov 2026, 12:00:05 UTC; what runs there stays');
  });

  it('says how many replicas find capacity', () => {
    expect(
      describePlacementReason({
        rule: 'too-few-replicas',
        facts: { wanted: 5, found: 3 },
      }),
    ).toBe('There is capacity for 3 of 5 instances');
  });

  it('groups what is refused by why, the most frequent first, and adds what is worth knowing', () => {
    const refused = (cluster: string, reason: PlacementReason) => ({
      cluster,
      verdict: 'refused' as const,
      reasons: [reason],
    });
    expect(
      describeDecision(
        {
          chosen: ['a'],
          wanted: 2,
          satisfied: false,
          notes: [
            { rule: 'too-few-clusters', facts: { wanted: 2, found: 1 } },
            REASONS[40],
          ],
          verdicts: [
            refused('b', REASONS[1]),
            refused('c', REASONS[0]),
            refused('d', REASONS[0]),
          ],
        },
        { environment: 'prod' },
      ),
    ).toBe(
      'Runs on 1 of 2 wanted clusters in prod: a. 2 refused: it is being deleted. 1 refused: it is cordoned: nothing new is placed on it. The spread over region is uneven by 2 where 1 is wanted, because no better cluster fits.',
    );
  });
});
