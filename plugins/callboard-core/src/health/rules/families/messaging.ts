import type { HealthFamily } from '../types';

export const MESSAGING: readonly HealthFamily[] = [
  {
    title: 'Strimzi',
    docs: 'https://strimzi.io/docs/operators/latest/configuring.html',
    rules: [
      {
        kinds: ['kafka.strimzi.io/Kafka'],
        checks: [
          'Degraded if NotReady=True(not Creating)',
          'Healthy if Ready=True',
          'Progressing',
        ],
      },
      {
        kinds: [
          'kafka.strimzi.io/KafkaBridge',
          'kafka.strimzi.io/KafkaConnect',
          'kafka.strimzi.io/KafkaConnector',
          'kafka.strimzi.io/KafkaTopic',
          'kafka.strimzi.io/KafkaUser',
          'kafka.strimzi.io/KafkaNodePool',
          'kafka.strimzi.io/KafkaMirrorMaker2',
          'kafka.strimzi.io/KafkaRebalance',
        ],
        checks: [
          'Degraded if NotReady=True',
          'Healthy if Ready=True',
          'Progressing',
        ],
      },
    ],
  },
  {
    title: 'RabbitMQ',
    docs: 'https://www.rabbitmq.com/kubernetes/operator/operator-overview',
    rules: [
      {
        kinds: ['rabbitmq.com/RabbitmqCluster'],
        checks: [
          'Degraded if ReconcileSuccess=False',
          'Progressing if ClusterAvailable=Unknown',
          'Progressing if AllReplicasReady=Unknown',
          'Suspended if AllReplicasReady=False(ScaledToZero) and .spec.replicas=0',
          'Progressing if ClusterAvailable=False',
          'Progressing if AllReplicasReady=False',
          'Healthy if ClusterAvailable=True and AllReplicasReady=True',
          'Progressing',
        ],
      },
      {
        kinds: [
          'rabbitmq.com/Binding',
          'rabbitmq.com/Exchange',
          'rabbitmq.com/Permission',
          'rabbitmq.com/Policy',
          'rabbitmq.com/Queue',
          'rabbitmq.com/Shovel',
          'rabbitmq.com/User',
          'rabbitmq.com/Vhost',
          'rabbitmq.com/Federation',
          'rabbitmq.com/SchemaReplication',
        ],
        checks: [
          'Healthy if Ready=True(SuccessfulCreateOrUpdate)',
          'Degraded if Ready=False(FailedCreateOrUpdate)',
          'Unknown',
        ],
      },
    ],
  },
  {
    title: 'Confluent for Kubernetes',
    docs: 'https://docs.confluent.io/operator/current/co-api.html',
    rules: [
      {
        kinds: [
          'platform.confluent.io/Connect',
          'platform.confluent.io/ControlCenter',
          'platform.confluent.io/Kafka',
          'platform.confluent.io/KsqlDB',
          'platform.confluent.io/SchemaRegistry',
          'platform.confluent.io/Zookeeper',
          'platform.confluent.io/KRaftController',
        ],
        checks: ['Healthy if .status.phase=RUNNING', 'Progressing'],
      },
      {
        kinds: ['platform.confluent.io/Connector'],
        checks: [
          'Degraded if .status.state=ERROR',
          'Degraded if .status.failedTasksCount>0',
          'Healthy if .status.state=CREATED and .status.connectorState=RUNNING',
          'Progressing',
        ],
      },
    ],
  },
  {
    title: 'Knative',
    docs: 'https://knative.dev/docs/reference/api/serving-api/',
    rules: [
      {
        kinds: ['operator.knative.dev/KnativeEventing'],
        checks: [
          'Progressing if no .status.conditions',
          'Progressing if *=Unknown',
          'Progressing if Ready=False',
          'Healthy if Ready=True and InstallSucceeded=True',
          'Degraded',
        ],
      },
      {
        kinds: ['operator.knative.dev/KnativeServing'],
        checks: [
          'Progressing if no .status.conditions',
          'Progressing if *=Unknown',
          'Progressing if Ready=False',
          'Progressing if DeploymentsAvailable=False',
          'Healthy if Ready=True and InstallSucceeded=True and DependenciesInstalled=True and DeploymentsAvailable=True',
          'Degraded',
        ],
      },
      {
        kinds: ['serving.knative.dev/Service'],
        checks: [
          'Degraded if *=False',
          'Progressing if *=Unknown',
          'Healthy if ConfigurationsReady=True and RoutesReady=True and Ready=True',
          'Progressing',
        ],
      },
      {
        kinds: [
          'eventing.knative.dev/Broker',
          'eventing.knative.dev/Trigger',
          'messaging.knative.dev/*',
          'sources.knative.dev/*',
          'flows.knative.dev/*',
        ],
        checks: [
          'Healthy if Ready=True',
          'Degraded if Ready=False',
          'Progressing',
        ],
      },
    ],
  },
  {
    title: 'Numaflow',
    docs: 'https://numaflow.numaproj.io/APIs/',
    rules: [
      {
        kinds: [
          'numaflow.numaproj.io/InterStepBufferService',
          'numaflow.numaproj.io/MonoVertex',
          'numaflow.numaproj.io/Pipeline',
          'numaflow.numaproj.io/Vertex',
        ],
        checks: [
          'Progressing if unobserved',
          'Degraded if *=False',
          'Degraded if .status.phase=Failed',
          'Degraded if .metadata.labels[numaplane.numaproj.io/progressive-result-state]=failed',
          'Healthy if .status.phase=Running|Paused|Pausing',
          'Progressing',
        ],
      },
    ],
  },
  {
    title: 'Numaplane',
    docs: 'https://github.com/numaproj/numaplane/tree/main/docs',
    rules: [
      {
        kinds: [
          'numaplane.numaproj.io/ISBServiceRollout',
          'numaplane.numaproj.io/PipelineRollout',
          'numaplane.numaproj.io/MonoVertexRollout',
          'numaplane.numaproj.io/NumaflowControllerRollout',
        ],
        checks: [
          'Progressing if unobserved',
          'Degraded if ProgressiveUpgradeSucceeded=False',
          'Progressing if .status.upgradeInProgress',
          'Degraded if .status.phase=Failed',
          'Progressing if .status.phase=Pending',
          'Degraded if ChildResourcesHealthy=False(ISBSvcFailed|PipelineFailed|MonoVertexFailed|Degraded|Failed)',
          'Healthy if PipelinePausingOrPaused=True',
          'Healthy if MonoVertexPausingOrPaused=True',
          'Progressing if ChildResourcesHealthy!=True',
          'Healthy if ChildResourcesHealthy=True and .status.phase=Deployed',
          'Progressing',
        ],
      },
    ],
  },
  {
    title: 'NATS JetStream',
    docs: 'https://github.com/nats-io/nack/blob/main/docs/api.md',
    rules: [
      {
        kinds: [
          'jetstream.nats.io/Stream',
          'jetstream.nats.io/Consumer',
          'jetstream.nats.io/KeyValue',
          'jetstream.nats.io/ObjectStore',
          'jetstream.nats.io/Account',
        ],
        checks: [
          'Degraded if *=False',
          'Healthy if Ready(Created|Updated|Noop|SkipCreate|SkipUpdate)',
          'Progressing',
        ],
      },
    ],
  },
  {
    title: 'Koperator',
    docs: 'https://github.com/banzaicloud/koperator/tree/master/docs',
    rules: [
      {
        kinds: ['kafka.banzaicloud.io/KafkaCluster'],
        checks: [
          'Progressing if .status.state=ClusterRollingUpgrading',
          'Progressing if no .status.brokersState',
          'Progressing if #.status.brokersState==0',
          'Degraded if any .status.brokersState: .configurationState!=ConfigInSync',
          'Degraded if any .status.brokersState: .gracefulActionState.cruiseControlState!=GracefulUpscaleSucceeded|GracefulDownscaleSucceeded',
          'Healthy if .status.state=ClusterRunning and .status.cruiseControlTopicStatus=CruiseControlTopicReady',
          'Progressing',
        ],
      },
    ],
  },
];
