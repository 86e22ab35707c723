import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { KubeObject } from '@callboard/plugin-callboard-common';
import fc from 'fast-check';
import { findRepository } from '../../__testUtils__/findRepository';
import { assessHealth } from '../assessHealth';
import { describeKinds } from './describeKinds';
import { HEALTH_FAMILIES } from './families';
import {
  type HealthRuleSet,
  compileHealthRules,
  compileOnDemand,
} from './judgeByRules';
import { parseCheck } from './parseCheck';

const PAGE = join(findRepository(), 'docs/health-kinds.md');

describe('the table of kinds', () => {
  const kinds = HEALTH_FAMILIES.flatMap(({ rules }) =>
    rules.flatMap(rule => rule.kinds),
  );

  it('names every kind once, and many', () => {
    expect(
      kinds.filter((kind, index) => kinds.indexOf(kind) !== index),
    ).toEqual([]);
    expect(kinds.length).toBeGreaterThan(300);
  });

  it('can be read, every check of it', () => {
    const all = HEALTH_FAMILIES.flatMap(({ rules }) => rules);
    expect(compileHealthRules(all).ok).toBe(true);
  });

  it('names a page to check every family against', () => {
    expect(
      HEALTH_FAMILIES.filter(({ docs }) => !docs.startsWith('https://')),
    ).toEqual([]);
  });

  it('gives every kind a verdict where there is no status, and a green one only on purpose', () => {
    const green = HEALTH_FAMILIES.flatMap(({ rules }) =>
      rules.flatMap(rule =>
        rule.kinds.filter(
          kind => assess(kind, { spec: {} })?.status === 'Healthy',
        ),
      ),
    );
    expect(green.sort()).toMatchSnapshot();
  });

  it('is the page that people read', () => {
    const text = `${describeKinds(HEALTH_FAMILIES).trimEnd()}\n`;
    if (!existsSync(PAGE) || Boolean(process.env.UPDATE_GOLDENS))
      writeFileSync(PAGE, text);
    expect(readFileSync(PAGE, 'utf8')).toBe(text);
  });
});

describe('rules that are read when they are needed', () => {
  it('say what the same rules say when they are read at once', () => {
    const rules = [
      { kinds: ['example.com/Thing'], checks: ['Degraded'] },
      { kinds: ['*.example.com/*'], checks: ['Suspended'] },
    ];
    const compiled = compileHealthRules(rules);
    const sets = [
      compileOnDemand(rules),
      ...(compiled.ok ? [compiled.value] : []),
    ];
    const verdicts = sets.map(set =>
      ['example.com/Thing', 'example.com/Other', 'a.example.com/Other'].map(
        kind => assess(kind, {}, set)?.status,
      ),
    );
    expect(verdicts).toEqual([
      ['Degraded', 'Healthy', 'Suspended'],
      ['Degraded', 'Healthy', 'Suspended'],
    ]);
  });

  it('tell of a check that nobody can read when its kind is met', () => {
    const set = compileOnDemand([
      { kinds: ['example.com/Thing'], checks: ['Great'] },
    ]);
    expect(assess('example.com/Other', {}, set)?.reason).toBe('Present');
    expect(() => assess('example.com/Thing', {}, set)).toThrow(
      'Cannot read the health rule "Great"',
    );
  });

  it('forget what was looked up before there is no end of it', () => {
    const set = compileOnDemand([
      { kinds: ['example.com/*'], checks: ['Degraded'] },
    ]);
    for (let index = 0; index < 12_000; index += 1)
      assess(`example.com/Thing${index}`, {}, set);
    expect(set.found.size).toBeLessThanOrEqual(5_000);
    expect(assess('example.com/Thing1', {}, set)?.status).toBe('Degraded');
  });
});

describe('the language of rules', () => {
  const conditions = (
    ...list: Array<[type: string, status: string, more?: object]>
  ) => ({
    status: {
      conditions: list.map(([type, status, more]) => ({
        type,
        status,
        ...more,
      })),
    },
  });

  it.each<{ check: string; given: object; holds: boolean }>([
    { check: 'Ready=True', given: conditions(['Ready', 'True']), holds: true },
    {
      check: 'Ready=True',
      given: conditions(['Ready', 'False']),
      holds: false,
    },
    { check: 'Ready=True', given: {}, holds: false },
    {
      check: 'Ready=False|Unknown',
      given: conditions(['Ready', 'Unknown']),
      holds: true,
    },
    {
      check: 'Ready!=True',
      given: conditions(['Ready', 'Unknown']),
      holds: true,
    },
    { check: 'Ready!=True', given: {}, holds: false },
    { check: 'not Ready=True', given: {}, holds: true },
    { check: 'no Ready', given: conditions(['Other', 'True']), holds: true },
    { check: 'Ready', given: conditions(['Ready', 'False']), holds: true },
    {
      check: 'ACK.Terminal=True',
      given: conditions(['ACK.Terminal', 'True']),
      holds: true,
    },
    {
      check: 'cnpg.io/hibernation=True',
      given: conditions(['cnpg.io/hibernation', 'True']),
      holds: true,
    },
    {
      check: 'Ready=False(Failed|Error)',
      given: conditions(['Ready', 'False', { reason: 'Error' }]),
      holds: true,
    },
    {
      check: 'Ready=False(Failed|Error)',
      given: conditions(['Ready', 'False', { reason: 'Pending' }]),
      holds: false,
    },
    {
      check: 'Ready(Pending)',
      given: conditions(['Ready', 'False', { reason: 'Pending' }]),
      holds: true,
    },
    {
      check: 'Ready=False(not Pending)',
      given: conditions(['Ready', 'False', { reason: 'Failed' }]),
      holds: true,
    },
    {
      check: 'Ready=False(not Pending)',
      given: conditions(['Ready', 'False', { reason: 'Pending' }]),
      holds: false,
    },
    {
      check: 'Ready=False(not Pending)',
      given: conditions(['Ready', 'False']),
      holds: true,
    },
    {
      check: '*=False',
      given: conditions(['A', 'True'], ['B', 'False']),
      holds: true,
    },
    { check: '*=False', given: conditions(['A', 'True']), holds: false },
    {
      check: 'last:Ready=True',
      given: conditions(['NotReady', 'True'], ['Ready', 'True']),
      holds: true,
    },
    {
      check: 'last:Ready=True',
      given: conditions(['Ready', 'True'], ['NotReady', 'True']),
      holds: false,
    },
    {
      check: '.status.phase=Running|Done',
      given: { status: { phase: 'Done' } },
      holds: true,
    },
    {
      check: '.status.phase=Running',
      given: { status: { phase: 'Done' } },
      holds: false,
    },
    { check: '.status.phase!=Running', given: {}, holds: true },
    { check: '.status.count=3', given: { status: { count: 3 } }, holds: true },
    { check: '.status.ok=true', given: { status: { ok: true } }, holds: true },
    {
      check: '.status.phase=In two words',
      given: { status: { phase: 'In two words' } },
      holds: true,
    },
    {
      check: '.status.phase^=Waiting',
      given: { status: { phase: 'Waiting for Godot' } },
      holds: true,
    },
    { check: '.status.phase^=Waiting', given: {}, holds: false },
    {
      check: '.status.a=.status.b',
      given: { status: { a: { x: 1 }, b: { x: 1 } } },
      holds: true,
    },
    {
      check: '.status.a!=.status.b',
      given: { status: { a: 1, b: 2 } },
      holds: true,
    },
    {
      check: '.status.ratio whole',
      given: { status: { ratio: '3/3' } },
      holds: true,
    },
    {
      check: '.status.ratio whole',
      given: { status: { ratio: '0/0' } },
      holds: false,
    },
    {
      check: '.status.ratio whole',
      given: { status: { ratio: '2/3' } },
      holds: false,
    },
    {
      check: '.metadata.labels[example.com/state]=bad',
      given: {
        metadata: { name: 'it', labels: { 'example.com/state': 'bad' } },
      },
      holds: true,
    },
    {
      check: '.status.a!=.metadata.annotations[example.com/of]',
      given: {
        metadata: { name: 'it', annotations: { 'example.com/of': '2' } },
        status: { a: '1' },
      },
      holds: true,
    },
    {
      check: '.status.count>=.spec.conf[least.many]',
      given: { status: { count: 10 }, spec: { conf: { 'least.many': '9' } } },
      holds: true,
    },
    { check: '.status.ratio whole', given: {}, holds: false },
    { check: '.status.uid', given: { status: { uid: 'x' } }, holds: true },
    { check: '.status.uid', given: { status: { uid: '' } }, holds: false },
    { check: '.status.list', given: { status: { list: [] } }, holds: false },
    { check: '.status.zero', given: { status: { zero: 0 } }, holds: true },
    {
      check: 'no .status.nothing',
      given: { status: { nothing: null } },
      holds: true,
    },
    {
      check: '.status.ready<.spec.replicas or 1',
      given: { status: { ready: 0 } },
      holds: true,
    },
    {
      check: '.status.ready<.spec.replicas or 1',
      given: { status: { ready: 1 } },
      holds: false,
    },
    { check: '.status.a<=2', given: { status: { a: 2 } }, holds: true },
    { check: '.status.a>2', given: { status: { a: 2 } }, holds: false },
    { check: '.status.a>=2', given: { status: { a: 2 } }, holds: true },
    {
      check: '.status.a==.status.b',
      given: { status: { a: 2, b: 2 } },
      holds: true,
    },
    { check: '.status.a<>.status.b', given: { status: { a: 2 } }, holds: true },
    {
      check: '#.status.nodes==2',
      given: { status: { nodes: ['a', 'b'] } },
      holds: true,
    },
    { check: '#.status.nodes==0', given: {}, holds: true },
    {
      check: '#.status.nodes(UP)==1',
      given: { status: { nodes: { a: 'UP', b: 'DOWN' } } },
      holds: true,
    },
    {
      check: '.status.n<sum .spec.sets.count',
      given: {
        status: { n: 2 },
        spec: { sets: [{ count: 2 }, { count: 1 }, {}] },
      },
      holds: true,
    },
    {
      check: 'Ready.lastTransitionTime<.status.refreshTime',
      given: {
        status: {
          refreshTime: '2026-02-01T00:00:00Z',
          conditions: [
            { type: 'Ready', lastTransitionTime: '2026-01-01T00:00:00Z' },
          ],
        },
      },
      holds: true,
    },
    {
      check: 'any .status.parents: Accepted=False',
      given: {
        status: {
          parents: [
            { conditions: [] },
            { conditions: [{ type: 'Accepted', status: 'False' }] },
          ],
        },
      },
      holds: true,
    },
    {
      check: 'any .status.parents: .a=1 & .b=2',
      given: { status: { parents: [{ a: 1 }, { b: 2 }] } },
      holds: false,
    },
    {
      check: 'any .status.parents: .a=1 & .b=2',
      given: { status: { parents: [{ a: 1, b: 2 }] } },
      holds: true,
    },
    {
      check: 'any .status.map: .=UP',
      given: { status: { map: { x: 'UP' } } },
      holds: true,
    },
    {
      check: 'every .status.nodes: .ready=true',
      given: { status: { nodes: [{ ready: true }, { ready: false }] } },
      holds: false,
    },
    {
      check: 'every .status.nodes: .ready=true',
      given: { status: { nodes: [{ ready: true }] } },
      holds: true,
    },
    {
      check: 'every .status.nodes: .ready=true',
      given: { status: { nodes: [] } },
      holds: false,
    },
    {
      check: 'differing .status.sets: .sha',
      given: { status: { sets: [{ sha: 'a' }, { sha: 'b' }] } },
      holds: true,
    },
    {
      check: 'differing .status.sets: .sha',
      given: { status: { sets: [{ sha: 'a' }, { sha: 'a' }] } },
      holds: false,
    },
    {
      check: 'stale',
      given: { status: { observedGeneration: 1 } },
      holds: true,
    },
    {
      check: 'stale',
      given: { status: { observedGeneration: '1' } },
      holds: true,
    },
    {
      check: 'stale',
      given: { status: { observedGeneration: '7f9c-hash' } },
      holds: false,
    },
    {
      check: 'stale',
      given: { status: { observedGeneration: 2 } },
      holds: false,
    },
    { check: 'stale', given: {}, holds: false },
    {
      check: 'stale',
      given: { status: { observedGeneration: '8575574967' } },
      holds: false,
    },
    {
      check: 'stale',
      given: { status: { observedGeneration: '' } },
      holds: false,
    },
    { check: 'unobserved', given: {}, holds: true },
    {
      check: 'unobserved',
      given: { status: { observedGeneration: 2 } },
      holds: false,
    },
    {
      check: 'stale Ready',
      given: conditions(['Ready', 'True', { observedGeneration: 1 }]),
      holds: true,
    },
    {
      check: 'stale Ready',
      given: conditions(['Other', 'True', { observedGeneration: 1 }]),
      holds: false,
    },
    {
      check: 'stale conditions',
      given: conditions(['Other', 'True', { observedGeneration: 1 }]),
      holds: true,
    },
    {
      check: 'stale conditions',
      given: conditions(['Other', 'True']),
      holds: false,
    },
    {
      check: 'Ready=True and .spec.on=true',
      given: { spec: { on: true }, ...conditions(['Ready', 'True']) },
      holds: true,
    },
    {
      check: 'Ready=True and .spec.on=true',
      given: conditions(['Ready', 'True']),
      holds: false,
    },
  ])('$check holds: $holds', ({ check, given, holds }) => {
    const rules = compile('example.com/Thing', [
      `Degraded if ${check}`,
      'Healthy',
    ]);
    expect(assess('example.com/Thing', given, rules)?.status).toBe(
      holds ? 'Degraded' : 'Healthy',
    );
  });

  it('takes a verdict from a field', () => {
    const rules = compile('example.com/Thing', [
      'same as .status.health.status',
      'Progressing',
    ]);
    const given = (status: unknown) => ({
      status: { health: { status, message: 'all well' } },
    });
    expect(assess('example.com/Thing', given('Healthy'), rules)).toEqual({
      status: 'Healthy',
      reason: 'Reported',
      message: 'all well',
    });
    expect(assess('example.com/Thing', given('Splendid'), rules)?.status).toBe(
      'Progressing',
    );
  });

  it('tells why with the words of the condition, masked and bounded', () => {
    const rules = compile('example.com/Thing', ['Degraded if Ready=False']);
    const message = `cannot log in with password=hunter2 ${'x'.repeat(500)}`;
    const health = assess(
      'example.com/Thing',
      conditions(['Ready', 'False', { reason: 'login-failed', message }]),
      rules,
    );
    expect(health).toMatchObject({ status: 'Degraded', reason: 'Loginfailed' });
    expect(health?.message).toMatch(/^cannot log in with password=\*\*\* x+…$/);
    expect(health?.message).toHaveLength(300);
  });

  it('is Progressing where no check holds', () => {
    const rules = compile('example.com/Thing', ['Healthy if Ready=True']);
    expect(assess('example.com/Thing', {}, rules)).toEqual({
      status: 'Progressing',
      reason: 'Waiting',
      message: 'It is on its way',
    });
  });

  it.each([
    'Splendid if Ready=True',
    'Healthy if',
    'Healthy when Ready=True',
    'Healthy if Ready=True and',
    'Healthy if any .status: (',
    'Healthy if .a<b c',
    'Healthy if stale (',
    'Healthy if not (',
    `Healthy if ${'x'.repeat(600)}`,
    '',
  ])('refuses "%s" and says how to write it', check => {
    expect(parseCheck(check)).toMatchObject({
      ok: false,
      problem: { code: 'health-rule-invalid' },
    });
    expect(
      compileHealthRules([{ kinds: ['example.com/Thing'], checks: [check] }])
        .ok,
    ).toBe(false);
  });

  it('refuses a kind that is none', () => {
    expect(
      compileHealthRules([{ kinds: ['Thing'], checks: ['Healthy'] }]),
    ).toMatchObject({ ok: false });
  });

  it('prefers the kind to its group, that to the nearest family', () => {
    const compiled = compileHealthRules([
      { kinds: ['*.example.com/*'], checks: ['Degraded'] },
      { kinds: ['*.deep.example.com/*'], checks: ['Unknown'] },
      { kinds: ['a.example.com/*'], checks: ['Suspended'] },
      { kinds: ['a.example.com/Thing'], checks: ['Healthy'] },
      { kinds: ['*.deep.example.com/Special'], checks: ['Missing'] },
    ]);
    const rules = compiled.ok ? compiled.value : undefined;
    expect(
      [
        'a.example.com/Thing',
        'a.example.com/Other',
        'b.example.com/Thing',
        'x.deep.example.com/Thing',
        'x.deep.example.com/Special',
      ].map(kind => assess(kind, {}, rules)?.status),
    ).toEqual(['Healthy', 'Suspended', 'Degraded', 'Unknown', 'Missing']);
    expect(assess('example.org/Thing', {}, rules)?.reason).toBe('Present');
  });

  it('lets a platform overrule a kind of Kubernetes', () => {
    const rules = compile('/Pod', ['Suspended']);
    expect(assess('/Pod', {}, rules)?.status).toBe('Suspended');
  });
});

describe('any object', () => {
  it('is judged without an exception, whatever it holds', () => {
    const groups = [
      '',
      'apps',
      'batch',
      'policy',
      'autoscaling',
      'argoproj.io',
      'example.com',
      'cluster.x-k8s.io',
      'x.crossplane.io',
    ];
    const kinds = [
      'Pod',
      'Deployment',
      'StatefulSet',
      'DaemonSet',
      'ReplicaSet',
      'Job',
      'CronJob',
      'Service',
      'Node',
      'HorizontalPodAutoscaler',
      'PodDisruptionBudget',
      'Rollout',
      'Thing',
      'Cluster',
    ];
    fc.assert(
      fc.property(
        fc.constantFrom(...groups),
        fc.constantFrom(...kinds),
        fc.object({ maxDepth: 4 }),
        fc.anything({ maxDepth: 3 }),
        (group, kind, fields, status) => {
          const health = assess(`${group}/${kind}`, { ...fields, status });
          expect(
            health === undefined || typeof health.message === 'string',
          ).toBe(true);
        },
      ),
      { numRuns: 500 },
    );
  });

  it.each([
    { name: 'ConfigMap', kind: '/ConfigMap', given: {}, expected: undefined },
    {
      name: 'Role',
      kind: 'rbac.authorization.k8s.io/Role',
      given: {},
      expected: undefined,
    },
    {
      name: 'PersistentVolume',
      kind: '/PersistentVolume',
      given: { status: { phase: 'Bound' } },
      expected: undefined,
    },
    {
      name: 'unknown kind without status',
      kind: 'example.com/Thing',
      given: { spec: {} },
      expected: 'Healthy',
    },
    {
      name: 'unknown kind in unknown words',
      kind: 'example.com/Thing',
      given: { status: { mood: 'good' } },
      expected: 'Healthy',
    },
    ...[
      { first: 'Reconciling', second: 'Stalled', expected: 'Progressing' },
      { first: 'Stalled', second: 'Reconciling', expected: 'Degraded' },
    ].map(({ first, second, expected }) => ({
      name: `unknown kind, not ready, ${first} before ${second}`,
      kind: 'example.com/Thing',
      given: {
        status: {
          conditions: [
            { type: 'Ready', status: 'False', reason: 'Broken' },
            { type: first, status: 'True' },
            { type: second, status: 'True' },
          ],
        },
      },
      expected,
    })),
    {
      name: 'unknown kind, reconciling once more after it was stalled',
      kind: 'example.com/Thing',
      given: {
        status: {
          conditions: [
            { type: 'Stalled', status: 'False' },
            { type: 'Ready', status: 'False', reason: 'Broken' },
            { type: 'Reconciling', status: 'True' },
          ],
        },
      },
      expected: 'Progressing',
    },
    ...['hypershift.openshift.io/NodePool', 'x.azure.com/Thing'].flatMap(kind =>
      [
        {
          conditions: [
            ['Ready', 'False'],
            ['Reconciling', 'True'],
          ],
        },
        { conditions: [['Ready', 'False']], observedGeneration: 1 },
      ].map(({ conditions, ...status }) => ({
        name: `${kind}, which no engine has a rule for, ${JSON.stringify(
          conditions,
        )}`,
        kind,
        given: {
          status: {
            ...status,
            conditions: conditions.map(([type, state]) => ({
              type,
              status: state,
              reason: 'Failed',
            })),
          },
        },
        expected: 'Progressing',
      })),
    ),
    {
      name: 'hypershift.openshift.io/NodePool, stalled',
      kind: 'hypershift.openshift.io/NodePool',
      given: {
        status: {
          conditions: [
            { type: 'Ready', status: 'True' },
            { type: 'Stalled', status: 'True' },
          ],
        },
      },
      expected: 'Degraded',
    },
    {
      name: 'a kind that Argo CD has a rule for, reconciling and not ready',
      kind: 'cert-manager.io/Issuer',
      given: {
        status: {
          conditions: [
            { type: 'Ready', status: 'False' },
            { type: 'Reconciling', status: 'True' },
          ],
        },
      },
      expected: 'Degraded',
    },
    {
      name: 'unknown kind, failed for an older generation',
      kind: 'example.com/Thing',
      given: {
        status: {
          observedGeneration: 1,
          conditions: [
            { type: 'Stalled', status: 'True' },
            { type: 'Ready', status: 'False', reason: 'Broken' },
          ],
        },
      },
      expected: 'Progressing',
    },
    {
      name: 'unknown kind, ready',
      kind: 'example.com/Thing',
      given: { status: { conditions: [{ type: 'Ready', status: 'True' }] } },
      expected: 'Healthy',
    },
    {
      name: 'unknown kind, not ready',
      kind: 'example.com/Thing',
      given: {
        status: {
          conditions: [{ type: 'Ready', status: 'False', reason: 'Broken' }],
        },
      },
      expected: 'Degraded',
    },
    {
      name: 'unknown kind, not ready yet',
      kind: 'example.com/Thing',
      given: {
        status: {
          conditions: [
            { type: 'Ready', status: 'False', reason: 'Provisioning' },
          ],
        },
      },
      expected: 'Progressing',
    },
    {
      name: 'unknown kind, ready for an older spec',
      kind: 'example.com/Thing',
      given: {
        status: {
          observedGeneration: 1,
          conditions: [{ type: 'Ready', status: 'True' }],
        },
      },
      expected: 'Progressing',
    },
    {
      name: 'unknown kind, stalled',
      kind: 'example.com/Thing',
      given: {
        status: {
          conditions: [
            { type: 'Stalled', status: 'True' },
            { type: 'Ready', status: 'True' },
          ],
        },
      },
      expected: 'Degraded',
    },
    {
      name: 'unknown kind by phase',
      kind: 'example.com/Thing',
      given: { status: { phase: 'Failed' } },
      expected: 'Degraded',
    },
    {
      name: 'being removed',
      kind: 'example.com/Thing',
      given: {
        metadata: { name: 'a', deletionTimestamp: '2026-01-01T00:00:00Z' },
      },
      expected: 'Progressing',
    },
  ])('$name: $expected', ({ kind, given, expected }) => {
    expect(assess(kind, given)?.status).toBe(expected);
  });
});

function assess(kind: string, fields: object, rules?: HealthRuleSet) {
  const [group, name] = kind.split('/');
  const object = {
    apiVersion:
      group.replace('*', 'any') === ''
        ? 'v1'
        : `${group.replace('*', 'any')}/v1`,
    kind: name === '*' ? 'Any' : name,
    metadata: { name: 'it', generation: 2 },
    ...fields,
  } as unknown as KubeObject;
  return assessHealth(object, rules);
}

function compile(kind: string, checks: string[]): HealthRuleSet {
  const compiled = compileHealthRules([{ kinds: [kind], checks }]);
  if (!compiled.ok) throw new Error(compiled.problem.why);
  return compiled.value;
}
