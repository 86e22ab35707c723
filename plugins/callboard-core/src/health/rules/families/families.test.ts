import type { HealthStatus } from '@callboard/plugin-callboard-common';
import { assessHealth } from '../../assessHealth';

const is = (type: string, status: string, reason?: string) => ({
  type,
  status,
  reason,
});
const told = (...conditions: object[]) => ({ status: { conditions } });

/** Situations of the kinds people run most, in the words their operators use. */
const SITUATIONS: ReadonlyArray<
  [kind: string, is: string, fields: object, expected: HealthStatus]
> = [
  [
    'cert-manager.io/Certificate',
    'issued',
    told(is('Ready', 'True')),
    'Healthy',
  ],
  [
    'cert-manager.io/Certificate',
    'being issued',
    told(is('Ready', 'False'), is('Issuing', 'True')),
    'Progressing',
  ],
  [
    'external-secrets.io/ExternalSecret',
    'synced',
    told(is('Ready', 'True')),
    'Healthy',
  ],
  [
    'external-secrets.io/ExternalSecret',
    'refused',
    told(is('Ready', 'False')),
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
    told(is('Ready', 'True', 'Created')),
    'Healthy',
  ],
  [
    'jetstream.nats.io/Stream',
    'refused',
    told(is('Ready', 'False', 'Errored')),
    'Degraded',
  ],
  ['jetstream.nats.io/Stream', 'new', {}, 'Progressing'],
  [
    'kafka.strimzi.io/KafkaTopic',
    'refused',
    told(is('NotReady', 'True')),
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
    told(is('Available', 'True'), is('Degraded', 'True')),
    'Degraded',
  ],
  [
    'operator.tigera.io/Installation',
    'ready for an older wish',
    told({ ...is('Available', 'True'), observedGeneration: 1 }),
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
    'ready for an older wish',
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
    told(is('Progressing', 'True'), is('Available', 'True')),
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
    told(is('ValidReleaseImage', 'False'), is('Ready', 'True')),
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
    told(is('Ready', 'True'), is('Synced', 'False')),
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
    told(is('Disrupting', 'True'), is('Ready', 'True')),
    'Suspended',
  ],
  [
    'ec2.services.k8s.aws/VPC',
    'refused for good',
    told(is('ACK.Terminal', 'True'), is('Ready', 'True')),
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
