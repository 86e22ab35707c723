import type { ProvisionContext, Provisioned, ResourceRequest } from '../types';
import { type Refusal, quoteAll } from './params';
import { findSizeFault, readTexts, renderStateful } from './stateful';

export const KAFKA_PORT = 9092;
const CONTROLLER_PORT = 9093;
const LOCAL_PORT = 9094;
const MOUNT = '/var/lib/kafka/data';
const IMAGE = 'docker.io/apache/kafka:4.1.1';
const MOST_PARTITIONS = 100;

/**
 * Creates the topic if it is missing. Through a listener of its own: the
 * service does not route to the pod before this has ended.
 */
const MAKE_TOPIC = `export KAFKA_HEAP_OPTS=-Xmx128m
i=0
while [ $i -lt 60 ]; do
  /opt/kafka/bin/kafka-topics.sh --bootstrap-server localhost:${LOCAL_PORT} --create --if-not-exists --topic "$TOPIC" --partitions "$PARTITIONS" && exit 0
  i=$((i + 1))
  sleep 1
done
exit 1
`;

/**
 * Provisions a topic in a Kafka of its own: one pod with a claim, broker and
 * controller in one. Only the app's own instances reach it, and they need no
 * password. Params: `name` of the topic, its initial `partitions`, `size` of
 * the claim.
 */
export function provisionKafkaTopic(
  resource: ResourceRequest,
  context: ProvisionContext,
): Provisioned {
  const { objectName: host } = resource;
  const params = readTopicParams(resource);
  if (!params.ok) return params;
  const { name, partitions, size } = params.value;
  return {
    ok: true,
    outputs: outputsOfTopic(host, { name, partitions }),
    objects: renderStateful(resource, context, {
      image: IMAGE,
      port: KAFKA_PORT,
      uid: 1000,
      dataPath: MOUNT,
      size,
      requests: { cpu: '100m', memory: '768Mi' },
      container: {
        env: variablesOf({ host, name, partitions }),
        lifecycle: {
          postStart: { exec: { command: ['sh', '-c', MAKE_TOPIC] } },
        },
      },
    }),
  };
}

/** Reads and checks the params of a topic. */
export function readTopicParams({
  objectName,
  params,
}: ResourceRequest):
  | { ok: true; value: { name: string; partitions: string; size: string } }
  | Refusal {
  const read = readTexts(params, {
    name: objectName,
    partitions: '1',
    size: '1Gi',
  });
  if (!read.ok) return read;
  const { name, partitions, size } = read.value;
  if (!/^[a-zA-Z0-9_-][a-zA-Z0-9._-]{0,248}$/.test(name))
    return {
      ok: false,
      param: 'name',
      why: 'this is no name of a topic',
      next: `Use at most 249 letters, digits, ${quoteAll(['.', '_', '-'])}`,
    };
  if (!/^[1-9]\d{0,2}$/.test(partitions) || +partitions > MOST_PARTITIONS)
    return {
      ok: false,
      param: 'partitions',
      why: `must be a number from 1 to ${MOST_PARTITIONS}`,
      next: 'Correct the number',
    };
  return findSizeFault(size) ?? read;
}

/** Returns the outputs of a topic, whatever runs its Kafka. */
export function outputsOfTopic(
  host: string,
  { name, partitions }: { name: string; partitions: string },
) {
  return {
    host,
    port: KAFKA_PORT,
    name,
    num_partitions: Number(partitions),
    url: `${host}:${KAFKA_PORT}`,
  };
}

/** Returns the settings of the server, with the name of its topic. */
function variablesOf(of: { host: string; name: string; partitions: string }) {
  const settings = {
    CLUSTER_ID: '5L6g3nShT-eMCtK--X86sw', // need not be unique: the server is alone in its cluster
    KAFKA_ADVERTISED_LISTENERS: `CLIENTS://${of.host}:${KAFKA_PORT},LOCAL://localhost:${LOCAL_PORT}`,
    KAFKA_CONTROLLER_LISTENER_NAMES: 'CONTROLLER',
    KAFKA_CONTROLLER_QUORUM_VOTERS: `1@localhost:${CONTROLLER_PORT}`,
    KAFKA_HEAP_OPTS: '-Xms256m -Xmx512m',
    KAFKA_INTER_BROKER_LISTENER_NAME: 'LOCAL',
    KAFKA_LISTENERS: `CLIENTS://:${KAFKA_PORT},LOCAL://localhost:${LOCAL_PORT},CONTROLLER://localhost:${CONTROLLER_PORT}`,
    KAFKA_LISTENER_SECURITY_PROTOCOL_MAP:
      'CLIENTS:PLAINTEXT,LOCAL:PLAINTEXT,CONTROLLER:PLAINTEXT',
    KAFKA_LOG_DIRS: `${MOUNT}/log`, // a claim may have a lost+found, which is not a valid log of a topic
    KAFKA_NODE_ID: '1',
    KAFKA_OFFSETS_TOPIC_REPLICATION_FACTOR: '1',
    KAFKA_PROCESS_ROLES: 'broker,controller',
    KAFKA_TRANSACTION_STATE_LOG_MIN_ISR: '1',
    KAFKA_TRANSACTION_STATE_LOG_REPLICATION_FACTOR: '1',
    PARTITIONS: of.partitions,
    TOPIC: of.name,
  };
  return Object.entries(settings).map(([name, value]) => ({ name, value }));
}
