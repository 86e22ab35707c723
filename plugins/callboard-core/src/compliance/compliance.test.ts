import type {
  AuditRow,
  AuditVerdict,
} from '@callboard/plugin-callboard-common';
import { judgeBlueprint, judgeCompliance } from './judgeCompliance';
import { describeAudit, describeVerdict } from './sentences';
import type { AuditFacts, AuditedCluster } from './types';
import { writeAuditCsv } from './writeAuditCsv';

const SEEN = new Date('2026-11-20T21:03:00Z');
const write = (at: Date) => at.toISOString().slice(11, 16);

function on(
  cluster: string,
  over: Partial<AuditedCluster> = {},
): AuditedCluster {
  return {
    cluster,
    freshness: 'live',
    observedAt: SEEN,
    isRunning: true,
    release: 7,
    blueprints: ['golden'],
    ...over,
  };
}

const silent = { freshness: 'unreachable' as const };
const stopped = { isRunning: false };

function facts(
  over: Partial<Omit<AuditFacts, 'decision'>> & {
    decision?: Partial<AuditFacts['decision']>;
  } = {},
): AuditFacts {
  const { decision, ...rest } = over;
  return {
    app: 'shop',
    environment: 'prod',
    release: 7,
    decision: {
      release: 7,
      chosen: ['eu-1', 'us-1'],
      satisfied: true,
      ...decision,
    },
    clusters: [on('eu-1'), on('us-1')],
    ...rest,
  };
}

describe('judgeCompliance', () => {
  it.each([
    { name: 'as decided', given: facts(), expected: 'Runs where it should' },
    {
      name: 'missing on a cluster that is observed',
      given: facts({ clusters: [on('eu-1'), on('us-1', stopped)] }),
      expected: 'Missing on us-1',
    },
    {
      name: 'runs on one more',
      given: facts({ clusters: [on('eu-1'), on('us-1'), on('ap-1')] }),
      expected: 'Also on ap-1',
    },
    {
      name: 'left another one',
      given: facts({ clusters: [on('eu-1'), on('us-1'), on('ap-1', stopped)] }),
      expected: 'Runs where it should',
    },
    {
      name: 'a chosen cluster is silent',
      given: facts({ clusters: [on('eu-1'), on('us-1', silent)] }),
      expected: 'Unknown since 21:03: us-1 not observed',
    },
    {
      name: 'a chosen cluster is stale',
      given: facts({
        clusters: [on('eu-1'), on('us-1', { freshness: 'stale' })],
      }),
      expected: 'Unknown since 21:03: us-1 not observed',
    },
    {
      name: 'a silent cluster where it did not run is unknown, too: it was chosen',
      given: facts({
        clusters: [on('eu-1'), on('us-1', { ...silent, ...stopped })],
      }),
      expected: 'Unknown since 21:03: us-1 not observed',
    },
    {
      name: 'a silent cluster that it should have left',
      given: facts({ clusters: [on('eu-1'), on('us-1'), on('ap-1', silent)] }),
      expected: 'Unknown since 21:03: ap-1 not observed',
    },
    {
      name: 'a silent cluster that it had left',
      given: facts({
        clusters: [
          on('eu-1'),
          on('us-1'),
          on('ap-1', { ...silent, ...stopped }),
        ],
      }),
      expected: 'Runs where it should',
    },
    {
      name: 'a cluster that was never observed',
      given: facts({
        clusters: [
          on('eu-1'),
          on('us-1', { ...silent, observedAt: undefined }),
        ],
      }),
      expected: 'Unknown: us-1 not observed',
    },
    {
      name: 'a chosen cluster of which nothing is recorded',
      given: facts({ clusters: [on('eu-1')] }),
      expected: 'Unknown: us-1 not observed',
    },
    {
      name: 'what is certain comes before what is unknown',
      given: facts({ clusters: [on('eu-1', stopped), on('us-1', silent)] }),
      expected: 'Missing on eu-1; unknown on us-1',
    },
    {
      name: 'fewer clusters than wanted',
      given: facts({
        decision: { chosen: ['eu-1'], wanted: 3, satisfied: false },
        clusters: [on('eu-1')],
      }),
      expected: 'Placed on 1 of 3 wanted clusters',
    },
    {
      name: 'no cluster at all',
      given: facts({
        decision: { chosen: [], satisfied: false },
        clusters: [],
      }),
      expected: 'No suitable cluster',
    },
    {
      name: 'another release was decided about',
      given: facts({ decision: { release: 6 } }),
      expected: 'Not placed yet',
    },
    {
      name: 'a cluster without the required blueprint',
      given: facts({
        decision: { requiredBlueprint: 'pci' },
        clusters: [
          on('eu-1', { blueprints: ['pci-strict', 'pci'] }),
          on('us-1'),
        ],
      }),
      expected: 'Without the required blueprint on us-1',
    },
    {
      name: 'everything at once',
      given: facts({
        decision: { requiredBlueprint: 'pci' },
        clusters: [on('eu-1', stopped), on('us-1', silent), on('ap-1')],
      }),
      expected:
        'Missing on eu-1; also on ap-1; without the required blueprint on ap-1 and eu-1; unknown on us-1',
    },
  ])('$name: $expected', ({ given, expected }) => {
    expect(describeVerdict(judgeCompliance(given), write)).toBe(expected);
  });

  it('is not decided before there is a decision', () => {
    expect(judgeCompliance({ ...facts(), decision: undefined })).toEqual({
      kind: 'undecided',
    });
  });
});

describe('judgeBlueprint', () => {
  it.each([
    { name: 'none is required', given: facts(), expected: undefined },
    {
      name: 'on all',
      given: facts({ decision: { requiredBlueprint: 'golden' } }),
      expected: { required: 'golden', met: 'yes', notOn: [] },
    },
    {
      name: 'not on one',
      given: facts({
        decision: { requiredBlueprint: 'pci' },
        clusters: [on('eu-1', { blueprints: ['pci'] }), on('us-1')],
      }),
      expected: { required: 'pci', met: 'no', notOn: ['us-1'] },
    },
    {
      name: 'unknown where a cluster is silent, however it was',
      given: facts({
        decision: { requiredBlueprint: 'golden' },
        clusters: [on('eu-1'), on('us-1', silent)],
      }),
      expected: { required: 'golden', met: 'unknown', notOn: [] },
    },
  ])('$name', ({ given, expected }) => {
    expect(judgeBlueprint(given)).toEqual(expected);
  });
});

describe('describeAudit', () => {
  const good: AuditVerdict = { kind: 'compliant' };
  const unknown: AuditVerdict = {
    kind: 'unknown',
    unknown: ['eu-1'],
    since: SEEN.toISOString(),
  };
  const wrong: AuditVerdict = {
    kind: 'wrong',
    missing: ['eu-1'],
    extra: [],
    wrongBlueprint: [],
    unknown: [],
  };
  const rows = (...verdicts: Array<[string, AuditVerdict]>) =>
    verdicts.map(([app, verdict]) => ({ app, verdict }));

  it.each([
    { given: rows(), expected: 'No app has a release.' },
    {
      given: rows(['a', good]),
      expected: '1 of 1 app runs where it should.',
    },
    {
      given: rows(['a', good], ['b', good], ['b', good]),
      expected: '2 of 2 apps run where they should.',
    },
    {
      given: rows(['a', good], ['a', unknown], ['b', good]),
      expected: '1 of 2 apps run where they should; 1 unknown since 21:03.',
    },
    {
      given: rows(['a', wrong], ['a', unknown], ['b', { kind: 'undecided' }]),
      expected:
        '0 of 2 apps run where they should; 1 does not; 1 not placed yet.',
    },
    {
      given: rows(['a', unknown], ['b', { kind: 'unknown', unknown: ['x'] }]),
      expected: '0 of 2 apps run where they should; 2 unknown.',
    },
  ])('$expected', ({ given, expected }) => {
    expect(describeAudit(given, write)).toBe(expected);
  });
});

describe('writeAuditCsv', () => {
  const row = (over: Partial<AuditRow> = {}): AuditRow => ({
    app: 'shop',
    title: 'Shop',
    owner: 'group:default/payments',
    environment: 'prod',
    environmentTitle: 'Production',
    release: 7,
    serving: 'release 6 still answers',
    health: { status: 'Progressing', reason: 'Starting', message: 'Starting' },
    verdict: { kind: 'compliant' },
    explanation: 'Runs where it should',
    decided: ['eu-1', 'us-1'],
    actual: ['eu-1', 'us-1'],
    decidedAt: '2026-11-20T10:00:00.000Z',
    observed: [
      { cluster: 'eu-1', at: '2026-11-20T21:03:00.000Z' },
      { cluster: 'us-1', at: null },
    ],
    ...over,
  });

  it('writes a header and a line for each row', () => {
    expect(writeAuditCsv(SEEN, [row()], { most: 5 })).toBe(
      [
        '"as of","app","owner","environment","verdict","explanation","release","decided clusters","actual clusters","required blueprint","blueprint met","decided at","observed at","health","still answering"',
        '"2026-11-20T21:03:00.000Z","shop","group:default/payments","prod","compliant","Runs where it should","7","eu-1 us-1","eu-1 us-1","","","2026-11-20T10:00:00.000Z","eu-1 2026-11-20T21:03:00.000Z; us-1 never","Progressing","release 6 still answers"',
        '',
      ].join('\r\n'),
    );
  });

  it.each([
    '=1+1',
    '+1',
    '-1',
    '@SUM(A1)',
    '\t=1',
    '\r=1',
    ' =1',
    '\n=1',
    '|cmd',
  ])('writes %j as text, not as a formula', owner => {
    expect(writeAuditCsv(SEEN, [row({ owner })], { most: 5 })).toContain(
      `"'${owner}"`,
    );
  });

  it('keeps quotes inside of their cell', () => {
    expect(
      writeAuditCsv(SEEN, [row({ owner: 'a","=1' })], { most: 5 }),
    ).toContain('"a"",""=1"');
  });

  it('is bounded, and says so', () => {
    const csv = writeAuditCsv(SEEN, [row(), row(), row()], { most: 1 });
    expect(csv.trimEnd().split('\r\n')).toHaveLength(3);
    expect(csv).toContain('Left out: 2 more rows');
  });
});
