import type { EnvironmentFile } from '@callboard/plugin-callboard-common';
import { describeEnvironmentRules } from './describeEnvironmentRules';

const titleOf = (name: string) => (name === 'dev' ? 'Development' : name);

function rulesOf(spec: Partial<EnvironmentFile['spec']>): string[] {
  return describeEnvironmentRules(
    {
      apiVersion: 'callboard.dev/v1alpha1',
      kind: 'Environment',
      metadata: { name: 'prod' },
      spec: { order: 1, placement: {}, ...spec },
    },
    titleOf,
    new Date('2026-11-23T12:00:00Z'),
  ).map(({ topic, says }) => `${topic}: ${says}`);
}

describe('what an environment says to its apps', () => {
  it('says what holds where the file says nothing', () => {
    expect(rulesOf({})).toEqual([
      'releases: Every push arrives here',
      'clusters: Runs on every cluster that fits',
      'replicas: Each workload has 1 instance on each cluster',
      'rollout: A release goes to all clusters at once',
      'failover: What runs on a cluster out of contact for 5 min moves to another',
      'addresses: Apps answer where their clusters expose them',
    ]);
  });

  it('says everything that the file says', () => {
    expect(
      rulesOf({
        promotion: { from: 'dev', approval: 'group:default/payments-leads' },
        placement: {
          numberOfClusters: 3,
          clusterSets: ['europe', 'america'],
          predicates: [
            {
              requiredClusterSelector: {
                labelSelector: {
                  matchLabels: { env: 'prod' },
                  matchExpressions: [
                    { key: 'tier', operator: 'NotIn', values: ['edge'] },
                    { key: 'spot', operator: 'DoesNotExist' },
                  ],
                },
              },
            },
            {
              requiredClusterSelector: {
                claimSelector: {
                  matchExpressions: [
                    { key: 'provider', operator: 'In', values: ['aws', 'gcp'] },
                  ],
                },
              },
            },
          ],
          tolerations: [{ key: 'team', value: 'payments' }],
          spreadPolicy: {
            spreadConstraints: [
              { topologyKey: 'region', topologyKeyType: 'Label' },
            ],
          },
          replicaScheduling: {
            weightPreference: { dynamicWeight: 'AvailableReplicas' },
          },
        },
        replicas: 6,
        rollout: {
          type: 'Progressive',
          progressive: {
            maxConcurrency: '25%',
            minSuccessTime: '10m',
            progressDeadline: '1h',
            maxFailures: 1,
          },
        },
        failoverAfterSeconds: 60,
        addresses: {
          domain: 'example.com',
          via: { type: 'Ingress', class: 'nginx' },
          tls: { type: 'CertManager', issuer: 'letsencrypt' },
          hosts: ['*.shop.example'],
        },
        allows: {
          patches: [],
          replicas: { max: 10 },
          resources: { max: { cpu: '2', memory: '4Gi' } },
        },
      }),
    ).toEqual([
      'releases: A release is promoted here from Development, once payments-leads approves',
      'clusters: Runs on 3 clusters',
      'clusters: Only clusters of the set europe or america',
      'clusters: Only clusters with label env = prod and label tier other than edge and no label spot; or with claim provider = aws or gcp',
      'clusters: Spread over region: at most 1 more in one than in another, as far as possible',
      'clusters: Also clusters that are reserved by the taint team=payments',
      'replicas: Each workload has 6 instances in all, divided over its clusters by free capacity',
      'rollout: A release goes to 25 % of the clusters at a time; each runs it for 10 min before the next; what takes over 1 h has failed; more than 1 failure ends it',
      'failover: What runs on a cluster out of contact for 1 min moves to another',
      'addresses: Apps answer at https://APP.example.com, by ingresses of class nginx',
      'addresses: Certificates are of cert-manager, issuer letsencrypt',
      'addresses: Apps may ask for *.shop.example',
      'limits: A workload has at most 10 instances',
      'limits: A container gets at most 2 CPU and 4Gi of memory',
      'limits: Apps may patch no field',
    ]);
  });

  it('says what stops a rollout, and what is stopped by nothing', () => {
    const rolloutOf = (rollout: EnvironmentFile['spec']['rollout']) =>
      rulesOf({ ...(rollout && { rollout }) }).find(rule =>
        rule.startsWith('rollout'),
      );
    expect(
      rolloutOf({ type: 'Progressive', progressive: { maxConcurrency: 1 } }),
    ).toBe(
      'rollout: A release goes to 1 cluster at a time; the first that fails stops the rest',
    );
    expect(rolloutOf({ type: 'ProgressivePerGroup' })).toBe(
      'rollout: A release goes from one group of clusters to the next; the first that fails stops the rest',
    );
    expect(rolloutOf({ type: 'Slowly' } as never)).toBe(
      'rollout: Nothing is rolled out: "Slowly" is not a type of rollout',
    );
  });
});
