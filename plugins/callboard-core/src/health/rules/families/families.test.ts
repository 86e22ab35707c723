import type { HealthStatus } from '@callboard/plugin-callboard-common';
import { assessHealth } from '../../assessHealth';

const is = (type: string, status: string, reason?: string) => ({
  type,
  status,
  reason,
});
const reported = (...conditions: object[]) => ({ status: { conditions } });

/** Situations of the kinds people run most, in the words their operators use. */
const SITUATIONS: ReadonlyArray<
  [kind: string, is: string, fields: object, expected: HealthStatus]
> = [
  [
    'cert-manager.io/Certificate',
    'issued',
    reported(is('Ready', 'True')),
    'Healthy',
  ],
  [
    'cert-manager.io/Certificate',
    'being issued',
    reported(is('Ready', 'False'), is('Issuing', 'True')),
    'Progressing',
  ],
  [
    'ocs.openshift.io/StorageCluster',
    'degraded while it progresses',
    reported(
      is('Available', 'True'),
      is('Progressing', 'True'),
      is('Degraded', 'True'),
    ),
    'Degraded',
  ],
  [
    'ocs.openshift.io/StorageCluster',
    'available while it progresses',
    reported(is('Available', 'True'), is('Progressing', 'True')),
    'Progressing',
  ],
  [
    'ocs.openshift.io/StorageCluster',
    'available',
    reported(is('Available', 'True')),
    'Healthy',
  ],
  ['ocs.openshift.io/StorageCluster', 'silent', {}, 'Unknown'],
  [
    'objectbucket.io/ObjectBucketClaim',
    'bound',
    { status: { phase: 'Bound' } },
    'Healthy',
  ],
  [
    'objectbucket.io/ObjectBucketClaim',
    'failed',
    { status: { phase: 'Failed' } },
    'Degraded',
  ],
  ['objectbucket.io/ObjectBucketClaim', 'silent', {}, 'Progressing'],
  [
    'external-secrets.io/ExternalSecret',
    'synced',
    reported(is('Ready', 'True')),
    'Healthy',
  ],
  [
    'external-secrets.io/ExternalSecret',
    'refused',
    reported(is('Ready', 'False')),
    'Degraded',
  ],
  [
    'kubernetes-client.io/ExternalSecret',
    'refused',
    { status: { status: 'ERROR, no such key' } },
    'Degraded',
  ],
  [
    'kubernetes-client.io/ExternalSecret',
    'synced',
    { status: { status: 'SUCCESS' } },
    'Healthy',
  ],
  [
    'jetstream.nats.io/Stream',
    'created',
    reported(is('Ready', 'True', 'Created')),
    'Healthy',
  ],
  [
    'jetstream.nats.io/Stream',
    'refused',
    reported(is('Ready', 'False', 'Errored')),
    'Degraded',
  ],
  ['jetstream.nats.io/Stream', 'new', {}, 'Progressing'],
  [
    'kafka.strimzi.io/KafkaTopic',
    'refused',
    reported(is('NotReady', 'True')),
    'Degraded',
  ],
  [
    'kafka.banzaicloud.io/KafkaCluster',
    'without brokers',
    { status: { brokersState: {}, state: 'ClusterRunning' } },
    'Progressing',
  ],
  [
    'kafka.banzaicloud.io/KafkaCluster',
    'one broker out of step',
    {
      status: {
        brokersState: { 0: { configurationState: 'ConfigOutOfSync' } },
      },
    },
    'Degraded',
  ],
  [
    'kafka.banzaicloud.io/KafkaCluster',
    'running',
    {
      status: {
        state: 'ClusterRunning',
        cruiseControlTopicStatus: 'CruiseControlTopicReady',
        brokersState: {
          0: {
            configurationState: 'ConfigInSync',
            gracefulActionState: {
              cruiseControlState: 'GracefulUpscaleSucceeded',
            },
          },
        },
      },
    },
    'Healthy',
  ],
  [
    'cassandra.datastax.com/CassandraDatacenter',
    'one node short',
    {
      spec: { size: 2 },
      status: { conditions: [is('Healthy', 'True')], nodeStatuses: { a: {} } },
    },
    'Degraded',
  ],
  [
    'cassandra.datastax.com/CassandraDatacenter',
    'whole',
    {
      spec: { size: 1 },
      status: { conditions: [is('Healthy', 'True')], nodeStatuses: { a: {} } },
    },
    'Healthy',
  ],
  [
    'operator.tigera.io/Installation',
    'broken though there',
    reported(is('Available', 'True'), is('Degraded', 'True')),
    'Degraded',
  ],
  [
    'operator.tigera.io/Installation',
    'ready for an older spec',
    reported({ ...is('Available', 'True'), observedGeneration: 1 }),
    'Progressing',
  ],
  [
    'policies.kyverno.io/ValidatingPolicy',
    'ready',
    { status: { conditionStatus: { ready: true } } },
    'Healthy',
  ],
  [
    'policies.kyverno.io/ValidatingPolicy',
    'ready for an older spec',
    {
      status: {
        conditionStatus: {
          ready: true,
          conditions: [{ ...is('A', 'True'), observedGeneration: 1 }],
        },
      },
    },
    'Progressing',
  ],
  [
    'policies.kyverno.io/ValidatingPolicy',
    'not ready',
    { status: { conditionStatus: { ready: false } } },
    'Degraded',
  ],
  [
    'hypershift.openshift.io/HostedCluster',
    'updating',
    reported(is('Progressing', 'True'), is('Available', 'True')),
    'Progressing',
  ],
  [
    'hypershift.openshift.io/HostedControlPlane',
    'of an older version',
    { status: { ready: true } },
    'Healthy',
  ],
  [
    'hypershift.openshift.io/HostedCluster',
    'new',
    { status: { ready: true } },
    'Progressing',
  ],
  [
    'hypershift.openshift.io/NodePool',
    'refused',
    reported(is('ValidReleaseImage', 'False'), is('Ready', 'True')),
    'Degraded',
  ],
  [
    'tower.ansible.com/AnsibleJob',
    'failed',
    { status: { ansibleJobResult: { status: 'failed' } } },
    'Degraded',
  ],
  [
    'operators.coreos.com/Subscription',
    'waiting for a person',
    {
      spec: { installPlanApproval: 'Manual' },
      status: {
        installedCSV: 'a.v1',
        state: 'UpgradePending',
        conditions: [is('CatalogSourcesUnhealthy', 'False')],
      },
    },
    'Healthy',
  ],
  [
    'operators.coreos.com/Subscription',
    'waiting for a person before the first install',
    {
      spec: { installPlanApproval: 'Manual' },
      status: {
        state: 'UpgradePending',
        conditions: [is('CatalogSourcesUnhealthy', 'False')],
      },
    },
    'Progressing',
  ],
  [
    's3.aws.crossplane.io/Bucket',
    'ready though its last change was refused',
    reported(is('Ready', 'True'), is('Synced', 'False')),
    'Degraded',
  ],
  [
    'stacks.crossplane.io/ClusterStackInstall',
    'installed',
    { status: { conditionedStatus: { conditions: [is('Ready', 'True')] } } },
    'Healthy',
  ],
  [
    'cluster.x-k8s.io/Machine',
    'running',
    { status: { phase: 'Running' } },
    'Healthy',
  ],
  [
    'karpenter.sh/NodeClaim',
    'leaving',
    reported(is('Disrupting', 'True'), is('Ready', 'True')),
    'Suspended',
  ],
  [
    'ec2.services.k8s.aws/VPC',
    'refused for good',
    reported(is('ACK.Terminal', 'True'), is('Ready', 'True')),
    'Degraded',
  ],
  [
    'game.kruise.io/GameServerSet',
    'waiting at its partition',
    {
      spec: { updateStrategy: { rollingUpdate: { partition: 1 } } },
      status: { observedGeneration: 2, replicas: 3, updatedReplicas: 2 },
    },
    'Suspended',
  ],
  [
    'game.kruise.io/GameServerSet',
    'on its way to its partition',
    {
      spec: { updateStrategy: { rollingUpdate: { partition: 1 } } },
      status: { observedGeneration: 2, replicas: 3, updatedReplicas: 1 },
    },
    'Progressing',
  ],
  [
    'gateway.networking.k8s.io/HTTPRoute',
    'taken by one gateway, an older spec refused by another',
    {
      status: {
        parents: [
          {
            conditions: [{ ...is('Accepted', 'False'), observedGeneration: 1 }],
          },
          {
            conditions: [{ ...is('Accepted', 'True'), observedGeneration: 2 }],
          },
        ],
      },
    },
    'Healthy',
  ],
  [
    'gateway.networking.k8s.io/HTTPRoute',
    'refused by one of two gateways',
    {
      status: {
        parents: [
          {
            conditions: [{ ...is('Accepted', 'True'), observedGeneration: 2 }],
          },
          {
            conditions: [{ ...is('Accepted', 'False'), observedGeneration: 2 }],
          },
        ],
      },
    },
    'Degraded',
  ],
  [
    'gateway.networking.k8s.io/TLSRoute',
    'programmed, nobody says whether accepted',
    { status: { parents: [{ conditions: [is('Programmed', 'True')] }] } },
    'Progressing',
  ],
  [
    'gloo.solo.io/Settings',
    'not looked at yet',
    { status: { statuses: { 'gloo-system': { state: 0 } } } },
    'Suspended',
  ],
  [
    'promoter.argoproj.io/PromotionStrategy',
    'proposed twice, the same by its notes',
    {
      status: {
        conditions: [is('Ready', 'True')],
        environments: [
          {
            active: { dry: { sha: 'a' } },
            proposed: { dry: { sha: 'b' }, note: { drySha: 'c' } },
          },
          { active: { dry: { sha: 'a' } }, proposed: { dry: { sha: 'c' } } },
        ],
      },
    },
    'Healthy',
  ],
  [
    'promoter.argoproj.io/PromotionStrategy',
    'proposed twice, not the same',
    {
      status: {
        conditions: [is('Ready', 'True')],
        environments: [
          { active: { dry: { sha: 'a' } }, proposed: { dry: { sha: 'b' } } },
          { active: { dry: { sha: 'a' } }, proposed: { dry: { sha: 'c' } } },
        ],
      },
    },
    'Progressing',
  ],
  [
    'microgateway.airlock.com/ContentSecurity',
    'without a status, as it has none',
    {},
    'Healthy',
  ],
  [
    'microgateway.airlock.com/ContentSecurityPolicy',
    'without a status, though it has one',
    {},
    'Progressing',
  ],
  [
    'microgateway.airlock.com/ContentSecurityPolicy',
    'refused by one of its ancestors',
    {
      status: {
        ancestors: [
          {
            conditions: [{ ...is('Accepted', 'True'), observedGeneration: 2 }],
          },
          {
            conditions: [{ ...is('Accepted', 'False'), observedGeneration: 2 }],
          },
        ],
      },
    },
    'Degraded',
  ],
  [
    'work.karmada.io/ResourceBinding',
    'follows another one and is everywhere',
    { status: { aggregatedStatus: [{ applied: true, health: 'Healthy' }] } },
    'Healthy',
  ],
  [
    'work.karmada.io/ResourceBinding',
    'there in one of two clusters',
    {
      spec: { clusters: [{ name: 'a' }, { name: 'b' }] },
      status: { aggregatedStatus: [{ applied: true, health: 'Healthy' }] },
    },
    'Progressing',
  ],
  [
    'kubevirt.io/VirtualMachine',
    'stopped on purpose',
    { spec: { runStrategy: 'Halted' } },
    'Healthy',
  ],
  [
    'kubevirt.io/VirtualMachine',
    'stopping on purpose',
    {
      spec: { runStrategy: 'Halted' },
      status: { created: true, conditions: [is('Ready', 'False')] },
    },
    'Progressing',
  ],
  [
    'bitnami.com/SealedSecret',
    'opened, of an older spec',
    { status: { observedGeneration: 1, conditions: [is('Synced', 'True')] } },
    'Progressing',
  ],
  [
    'cloudfront.aws.crossplane.io/Distribution',
    'paused by its owner',
    reported(is('Ready', 'True'), is('Synced', 'False', 'ReconcilePaused')),
    'Suspended',
  ],
  [
    'kro.run/WebApplication',
    'ready, of no generation it names',
    reported(is('Ready', 'True')),
    'Progressing',
  ],
  [
    'capsule.clastix.io/ResourcePool',
    'used up',
    {
      status: {
        conditions: [is('Ready', 'True')],
        exhaustions: { 'limits.cpu': { available: '0' } },
      },
    },
    'Degraded',
  ],
  [
    'medusa.k8ssandra.io/MedusaTask',
    'done here, failed there',
    { status: { observedGeneration: 2, finished: [{}], failed: ['b'] } },
    'Degraded',
  ],
];

describe('kinds of operators', () => {
  it.each(SITUATIONS)('%s %s', (kind, _, fields, expected) => {
    const [group, name] = kind.split('/');
    const object = {
      apiVersion: `${group}/v1`,
      kind: name,
      metadata: { name: 'it', generation: 2 },
      ...fields,
    };
    expect(assessHealth(object)?.status).toBe(expected);
  });
});
