import type { KubeObject } from '@callboard/plugin-callboard-common';
import { SecretText } from '../../placeholders';
import { refOfSecret, secretOf } from '../generatedSecret';
import { hashOf } from '../nameObjects';
import type { ProvisionContext, Provisioned, ResourceRequest } from '../types';
import { KAFKA_PORT, outputsOfTopic, readTopicParams } from './kafkaTopic';
import { RESTRICTED_CONTAINER } from './restricted';
import { rotatedAnnotations } from './stateful';

const API_VERSION = 'kafka.strimzi.io/v1';
const CLUSTER_LABEL = 'strimzi.io/cluster';
const MECHANISM = 'SCRAM-SHA-512';
const LOGIN_MODULE =
  'org.apache.kafka.common.security.scram.ScramLoginModule required';

/** The server writes to the volume as its group; the user is the image's. */
const POD = {
  securityContext: {
    fsGroup: 0,
    runAsNonRoot: true,
    runAsUser: 1001,
    seccompProfile: { type: 'RuntimeDefault' },
  },
};
const CONTAINER = { securityContext: RESTRICTED_CONTAINER };

/**
 * Provisions a topic in a Kafka of its own by Strimzi (0.49 or newer): one
 * instance, broker and controller in one, which only the app's own instances
 * reach, without a password. Params and outputs as without it.
 */
export function provisionStrimziTopic(resource: ResourceRequest): Provisioned {
  const params = readTopicParams(resource);
  if (!params.ok) return params;
  return {
    ok: true,
    outputs: outputsOfTopic(hostOf(resource), params.value),
    objects: [
      ...renderKafka(resource, params.value, {}),
      renderTopic(resource, params.value),
    ],
  };
}

/** Like class "default", but clients authenticate: a user with the password of the app's Secret. */
export function provisionStrimziScramTopic(
  resource: ResourceRequest,
  context: ProvisionContext,
): Provisioned {
  const params = readTopicParams(resource);
  if (!params.ok) return params;
  const { objectName: name } = resource;
  const password = secretOf(name, 'password');
  return {
    ok: true,
    outputs: {
      ...outputsOfTopic(hostOf(resource), params.value),
      username: name,
      password,
      security_protocol: 'SASL_PLAINTEXT',
      sasl_mechanism: MECHANISM,
      sasl_jaas_config: SecretText.join(
        `${LOGIN_MODULE} username="${name}" password="`,
        password,
        '";',
      ),
    },
    secrets: { password: { length: 32 } },
    objects: [
      ...renderKafka(resource, params.value, {
        authentication: { type: MECHANISM.toLowerCase() },
      }),
      renderTopic(resource, params.value),
      {
        apiVersion: API_VERSION,
        kind: 'KafkaUser',
        metadata: {
          ...metadataOf(resource),
          // The operator reconciles the user at once, and reads the password at intervals
          // only.
          ...rotatedAnnotations(resource, context),
        },
        spec: {
          authentication: {
            type: MECHANISM.toLowerCase(),
            password: {
              valueFrom: { secretKeyRef: refOfSecret(name, 'password') },
            },
          },
        },
      },
    ],
  };
}

/** Returns the name of Strimzi's service of the brokers. */
function hostOf({ objectName }: ResourceRequest): string {
  return `${objectName}-kafka-bootstrap`;
}

function renderKafka(
  resource: ResourceRequest,
  { size }: { size: string },
  listener: { authentication?: { type: string } },
): KubeObject[] {
  const { objectName: name } = resource;
  return [
    {
      apiVersion: API_VERSION,
      kind: 'Kafka',
      metadata: { name },
      spec: {
        kafka: {
          listeners: [
            {
              name: 'plain',
              port: KAFKA_PORT,
              type: 'internal',
              tls: false,
              networkPolicyPeers: [{ podSelector: {} }],
              ...listener,
            },
          ],
          config: {
            'default.replication.factor': 1,
            'min.insync.replicas': 1,
            'offsets.topic.replication.factor': 1,
            'transaction.state.log.min.isr': 1,
            'transaction.state.log.replication.factor': 1,
          },
          template: { kafkaContainer: CONTAINER, pod: POD },
        },
        entityOperator: {
          topicOperator: {},
          ...(listener.authentication && { userOperator: {} }),
          template: {
            pod: POD,
            topicOperatorContainer: {
              ...CONTAINER,
              // Deleting the namespace deletes the operator with it, and a topic would wait
              // for its finalizer forever.
              env: [{ name: 'STRIMZI_USE_FINALIZERS', value: 'false' }],
            },
            ...(listener.authentication && {
              userOperatorContainer: CONTAINER,
            }),
          },
        },
      },
    },
    {
      apiVersion: API_VERSION,
      kind: 'KafkaNodePool',
      metadata: {
        ...metadataOf(resource),
        name: `b-${hashOf(name)}`, // names of pods append to both, and have at most 63 characters
      },
      spec: {
        replicas: 1,
        roles: ['broker', 'controller'],
        resources: { requests: { cpu: '100m', memory: '768Mi' } },
        storage: {
          type: 'jbod',
          volumes: [
            {
              id: 0,
              type: 'persistent-claim',
              size,
              deleteClaim: true, // deleted with the Kafka when a person deletes it by name
              kraftMetadata: 'shared',
            },
          ],
        },
      },
    },
  ];
}

function renderTopic(
  resource: ResourceRequest,
  { name, partitions }: { name: string; partitions: string },
): KubeObject {
  return {
    apiVersion: API_VERSION,
    kind: 'KafkaTopic',
    metadata: metadataOf(resource),
    spec: { topicName: name, partitions: Number(partitions), replicas: 1 },
  };
}

function metadataOf({ objectName }: ResourceRequest) {
  return { name: objectName, labels: { [CLUSTER_LABEL]: objectName } };
}
