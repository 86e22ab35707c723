import {
  type KubeObject,
  type PolicyFile,
  parsePlatformFiles,
} from '@callboard/plugin-callboard-common';
import { checkPolicies } from './checkPolicies';
import { judgePolicies } from './judgePolicies';
import { policyDenied, policyWarnings } from './sentences';
import type { PolicyException, PolicySubject } from './types';

const NOW = new Date('2026-12-14T10:00:00Z');

function policy(
  name: string,
  spec: Partial<PolicyFile['spec']> & { expression?: string },
): PolicyFile {
  const { expression = 'false', ...rest } = spec;
  return {
    apiVersion: 'callboard.dev/v1alpha1',
    kind: 'Policy',
    metadata: { name },
    spec: {
      mode: 'deny',
      validations: [{ expression, message: `${name} does not hold.` }],
      ...rest,
    },
  };
}

const object = (kind: string, spec: object): KubeObject => ({
  apiVersion: 'v1',
  kind,
  metadata: { name: 'web' },
  spec,
});

const SERVICE = object('Service', { type: 'NodePort', ports: [{ port: 80 }] });

function subject(with_: Partial<PolicySubject> = {}): PolicySubject {
  return {
    app: {
      name: 'shop',
      title: 'Shop',
      owner: 'group:default/payments',
      system: 'retail',
    },
    release: {
      number: 3,
      commit: 'abc',
      author: 'ana',
      message: 'Fix',
      workloads: [],
      images: ['registry.example/shop:1'],
    },
    environment: { name: 'prod', title: 'Production', order: 2 },
    places: [
      {
        cluster: {
          name: 'eu-1',
          labels: { env: 'prod' },
          claims: {},
          clusterSets: [],
          blueprints: ['golden'],
        },
        objects: [SERVICE],
      },
      {
        cluster: {
          name: 'pci-1',
          labels: { env: 'prod', scope: 'cards' },
          claims: {},
          clusterSets: ['cards'],
          blueprints: ['pci', 'golden'],
        },
        objects: [SERVICE],
      },
    ],
    ...with_,
  };
}

/** `shop: message (Service web) on eu-1, pci-1`. */
function judge(
  file: PolicyFile,
  of: PolicySubject = subject(),
  exceptions: PolicyException[] = [],
): string[] {
  return judgePolicies([file], of, { exceptions, now: NOW }).flatMap(
    ({ findings, exception }) =>
      findings.map(({ message, failure, object: at, clusters }) =>
        [
          failure ?? message,
          ...(at ? [`${at.kind} ${at.name}`] : []),
          ...(clusters.length > 0 ? [`on ${clusters.join(', ')}`] : []),
          ...(exception ? ['excepted'] : []),
        ].join(' '),
      ),
  );
}

describe('policies', () => {
  it.each<{ name: string; given: PolicyFile; expected: string[] }>([
    {
      name: 'an object on every cluster that holds it',
      given: policy('p', {
        expression:
          'object.kind != "Service" || object.spec.type == "ClusterIP"',
      }),
      expected: ['p does not hold. Service web on eu-1, pci-1'],
    },
    {
      name: 'an object on some clusters',
      given: policy('p', {
        match: { clusters: { matchLabels: { scope: 'cards' } } },
        expression: 'object.spec.ports.all(p, p.port != 80)',
      }),
      expected: ['p does not hold. Service web on pci-1'],
    },
    {
      name: 'clusters by blueprint, also an inherited one, and by set',
      given: policy('p', {
        match: { blueprints: ['golden'], clusterSets: ['cards'] },
        expression: 'cluster.blueprint == "golden"',
      }),
      expected: ['p does not hold. on pci-1'],
    },
    {
      name: 'the release once, whatever its clusters',
      given: policy('p', {
        expression: 'release.images.all(i, i.startsWith("trusted.example/"))',
      }),
      expected: ['p does not hold.'],
    },
    {
      name: 'nothing of other owners',
      given: policy('p', { match: { owners: ['group:default/others'] } }),
      expected: [],
    },
    {
      name: 'nothing in other environments',
      given: policy('p', { match: { environments: ['dev'] } }),
      expected: [],
    },
    {
      name: 'nothing on clusters that it is not for',
      given: policy('p', { match: { blueprints: ['edge'] } }),
      expected: [],
    },
    {
      name: 'nothing where it is true',
      given: policy('p', {
        match: { systems: ['retail'], apps: ['shop'] },
        expression: 'size(placement.clusters) == 2 && release.number == 3',
      }),
      expected: [],
    },
    {
      name: 'what it could not evaluate',
      given: policy('p', { expression: 'object.spec.nope == 1' }),
      expected: ['No such key: nope Service web on eu-1, pci-1'],
    },
    {
      name: 'what is neither true nor false',
      given: policy('p', { expression: 'object.spec.type' }),
      expected: [
        'its expression is neither true nor false Service web on eu-1, pci-1',
      ],
    },
  ])('finds $name', ({ given, expected }) => {
    expect(judge(given)).toEqual(expected);
  });

  it.each(['all', 'exists', 'exists_one', 'map', 'filter'])(
    'ends an expression whose loops multiply by %s',
    loop => {
      const list = `[${Array.from({ length: 300 }, (_, i) => i).join(',')}]`;
      const around = (inner: string, name: string) =>
        `size(${list}.filter(${name}, ${inner})) >= 0`;
      const last = loop === 'map' ? 'd + c' : 'd + c < 0';
      const innermost =
        {
          map: `size(${list}.map(d, ${last})) >= 0`,
          filter: `size(${list}.filter(d, ${last})) >= 0`,
        }[loop] ?? `${list}.${loop}(d, ${last})`;
      const expression = ['c', 'b', 'a'].reduce(around, innermost);
      expect(judge(policy('p', { expression }))).toEqual([
        'its loops take too many turns',
      ]);
    },
  );

  it('does not let through what cannot be rendered', () => {
    const nowhere = subject({ places: [{ objects: [], fault: 'no route' }] });
    const about = (expression: string) =>
      judge(policy('p', { expression }), nowhere);
    expect(about('object.kind != "Service"')).toEqual(['no route']);
    expect(about('app.name == "shop"')).toEqual([]);
  });

  it('says what is denied and the exception that could be asked for, and takes one until it ends', () => {
    const file = policy('no-node-ports', {
      validations: [
        {
          expression: 'object.spec.type == "ClusterIP"',
          message: 'A service opens a port of every node',
          next: 'Use a resource of type route',
        },
      ],
    });
    const exception = (until: string, target = 'shop/prod') => ({
      policy: 'no-node-ports',
      target,
      until: new Date(until),
      by: 'user:default/bo',
      why: 'moving to routes',
    });
    const asked = {
      what: 'Cannot promote release 3 of "shop" to Production',
      app: 'shop',
      environment: 'prod',
    };
    const decide = (...exceptions: PolicyException[]) => {
      const verdicts = judgePolicies([file], subject(), {
        exceptions,
        now: NOW,
      });
      return {
        problem: policyDenied(verdicts, asked),
        warnings: policyWarnings(verdicts, 'Production'),
      };
    };
    expect(decide().problem).toEqual({
      code: 'policy-denied',
      what: 'Cannot promote release 3 of "shop" to Production',
      why: 'the policy "no-node-ports" denies it: A service opens a port of every node (Service web)',
      next: 'Use a resource of type route, or ask the platform team for an exception from "no-node-ports" for "shop/prod"',
      transient: false,
    });
    expect(
      decide(
        exception('2026-12-14T09:59:59Z'),
        exception('2026-12-20T10:00:00Z', 'shop/dev'),
        exception('2026-12-20T10:00:00Z', 'other'),
      ).problem,
    ).toBeDefined();
    expect(decide(exception('2026-12-20T10:00:00Z', 'shop'))).toEqual({
      problem: undefined,
      warnings: [
        expect.stringMatching(
          /^Policy "no-node-ports" is violated in Production: A service opens a port of every node \(Service web\), by an exception until 20 Dec/,
        ),
      ],
    });
  });

  it('says which expression does not compile, and in which line', () => {
    const text = `apiVersion: callboard.dev/v1alpha1
kind: Policy
metadata: { name: typo }
spec:
  mode: deny
  validations:
    - expression: app.ownr == "a"
      message: Nobody owns it
    - expression: secrets.all(s, true)
      message: Nobody knows it
`;
    const parsed = parsePlatformFiles(text, { file: 'typo.yaml' });
    if (!parsed.ok) throw new Error(parsed.problem.why);
    const files = parsed.value as PolicyFile[];
    expect(checkPolicies([...files, ...files]).map(({ why }) => why)).toEqual([
      'spec.validations[0].expression: No such key: ownr',
      'spec.validations[1].expression: Unknown variable: secrets',
      'another one has the same name',
    ]);
  });

  it('shows no value of a Secret, not even in why it could not judge', () => {
    const secret: KubeObject = {
      apiVersion: 'v1',
      kind: 'Secret',
      metadata: { name: 'web' },
      data: { password: 'aHVudGVyMg==' },
    };
    expect(
      judge(
        policy('p', { expression: 'int(object.data.password) > 0' }),
        subject({ places: [{ objects: [secret] }] }),
      ).join(),
    ).not.toContain('aHVu');
  });
});
