import { describeDriftPolicy } from './describeDriftPolicy';
import { renderBlock } from './renderBlock';
import type { ResolvedBlueprint } from './types';

const blueprint: ResolvedBlueprint = {
  name: 'store',
  version: 3,
  state: 'active',
  inherits: [],
  bases: [],
  drift: 'BlockAndNotify',
  apps: {},
  addons: [
    {
      name: 'till',
      from: 'store',
      fromVersion: 3,
      replaces: [],
      objects: [
        { apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'till' } },
      ],
    },
  ],
};
const of = {
  cluster: 'store-7',
  platformUser: "system:serviceaccount:callboard-system:agent'\n",
};

describe('what blocks changes of a blueprint', () => {
  it('is about its objects only, lets in Callboard and its add-ons, and quotes what it is given', () => {
    const [policy, binding] = renderBlock(blueprint, of);
    expect(policy).toMatchObject({
      kind: 'ValidatingAdmissionPolicy',
      metadata: { name: 'callboard-blueprint-store' },
      spec: {
        failurePolicy: 'Fail',
        matchConstraints: {
          objectSelector: {
            matchLabels: { 'callboard.dev/blueprint': 'store' },
          },
          resourceRules: [{ operations: ['UPDATE', 'DELETE'] }],
        },
        validations: [
          {
            reason: 'Forbidden',
            expression: expect.stringMatching(
              /^request\.userInfo\.username == 'system:serviceaccount:callboard-system:agent\\' ' \|\| 'system:serviceaccounts:till' in variables\.groups \|\| /,
            ),
          },
        ],
      },
    });
    expect(binding.spec).toEqual({
      policyName: 'callboard-blueprint-store',
      validationActions: ['Deny'],
    });
  });

  it('warns while an exception holds, and says whose it is', () => {
    const until = new Date('2026-12-01T10:00:00Z');
    const [policy, binding] = renderBlock(blueprint, {
      ...of,
      exception: { until, createdBy: 'user:default/petra' },
    });
    expect(binding.spec).toMatchObject({
      validationActions: ['Audit', 'Warn'],
    });
    expect(JSON.stringify(policy)).toContain(
      'by an exception of user:default/petra, and put back then',
    );
  });

  it.each<[Parameters<typeof describeDriftPolicy>, string]>([
    [['NotSet', { isBlocked: false }], 'changes by others are put back'],
    [
      ['DetectAndNotify', { isBlocked: false }],
      'changes by others are shown and left alone',
    ],
    [
      ['BlockAndNotify', { isBlocked: true, kubernetes: 'v1.30.0' }],
      'changes by others are refused',
    ],
    [
      ['BlockAndNotify', { isBlocked: false, kubernetes: 'v1.29.4' }],
      'changes by others are put back: only Kubernetes 1.30 and newer refuses them, and this is v1.29.4',
    ],
    [
      ['BlockAndNotify', { isBlocked: false, kubernetes: 'v1.31.0' }],
      'changes by others are put back: the cluster serves no admission policies to Callboard that would refuse them',
    ],
  ])('says of %j what becomes of changes', (asked, expected) => {
    expect(describeDriftPolicy(...asked)).toBe(expected);
  });
});
