import type { KubeObject } from '@callboard/plugin-callboard-common';

/** A field: its type, a list of one shape, or named fields, of which those with "!" must be there. `map` holds any texts and numbers. */
type Shape =
  | 'boolean'
  | 'integer'
  | 'map'
  | 'number'
  | 'quantity'
  | 'text'
  | readonly [Shape]
  | { readonly [field: string]: Shape };

const RESOURCES = { requests: 'map', limits: 'map' } as const;
const SECRET_KEY = { name: 'text', key: 'text' } as const;
const CONTAINER_SECURITY = {
  allowPrivilegeEscalation: 'boolean',
  capabilities: { drop: ['text'] },
} as const;
const POD_SECURITY = {
  fsGroup: 'integer',
  runAsGroup: 'integer',
  runAsNonRoot: 'boolean',
  runAsUser: 'integer',
  seccompProfile: { type: 'text' },
} as const;
const CLAIM = {
  accessModes: ['text'],
  resources: RESOURCES,
} as const;
const STRIMZI_POD = { securityContext: POD_SECURITY } as const;
const STRIMZI_CONTAINER = {
  env: [{ name: 'text', value: 'text' }],
  securityContext: CONTAINER_SECURITY,
} as const;

/**
 * The fields of operators' kinds that we write, with their types, as the
 * operators' own definitions have them: `Kind.version.group` to `spec`. Who
 * writes another field looks it up there and adds it here.
 */
const KINDS: Record<string, Shape> = {
  'Cluster.v1.postgresql.cnpg.io': {
    'instances!': 'integer',
    imageName: 'text',
    storage: { size: 'text' },
    bootstrap: { initdb: { database: 'text', owner: 'text' } },
  },
  'Kafka.v1.kafka.strimzi.io': {
    'kafka!': {
      'listeners!': [
        {
          'name!': 'text',
          'port!': 'integer',
          'type!': 'text',
          'tls!': 'boolean',
          authentication: { 'type!': 'text' },
          networkPolicyPeers: [{ podSelector: 'map' }],
        },
      ],
      config: 'map',
      template: { kafkaContainer: STRIMZI_CONTAINER, pod: STRIMZI_POD },
    },
    entityOperator: {
      topicOperator: 'map',
      userOperator: 'map',
      template: {
        pod: STRIMZI_POD,
        topicOperatorContainer: STRIMZI_CONTAINER,
        userOperatorContainer: STRIMZI_CONTAINER,
      },
    },
  },
  'KafkaNodePool.v1.kafka.strimzi.io': {
    'replicas!': 'integer',
    'roles!': ['text'],
    resources: RESOURCES,
    'storage!': {
      'type!': 'text',
      volumes: [
        {
          'type!': 'text',
          id: 'integer',
          size: 'text',
          deleteClaim: 'boolean',
          kraftMetadata: 'text',
        },
      ],
    },
  },
  'KafkaTopic.v1.kafka.strimzi.io': {
    topicName: 'text',
    partitions: 'integer',
    replicas: 'integer',
  },
  'KafkaUser.v1.kafka.strimzi.io': {
    authentication: {
      'type!': 'text',
      password: { 'valueFrom!': { secretKeyRef: SECRET_KEY } },
    },
  },
  'PerconaServerMongoDB.v1.psmdb.percona.com': {
    'image!': 'text',
    initContainerSecurityContext: CONTAINER_SECURITY,
    unsafeFlags: { replsetSize: 'boolean' },
    upgradeOptions: { apply: 'text' },
    secrets: { users: 'text' },
    sharding: { 'enabled!': 'boolean' },
    replsets: [
      {
        'name!': 'text',
        'size!': 'integer',
        configuration: 'text',
        podSecurityContext: POD_SECURITY,
        containerSecurityContext: CONTAINER_SECURITY,
        resources: RESOURCES,
        volumeSpec: { persistentVolumeClaim: CLAIM },
      },
    ],
    users: [
      {
        'name!': 'text',
        db: 'text',
        passwordSecretRef: { 'name!': 'text', key: 'text' },
        'roles!': [{ 'name!': 'text', 'db!': 'text' }],
      },
    ],
  },
  'PerconaXtraDBCluster.v1.pxc.percona.com': {
    unsafeFlags: { pxcSize: 'boolean' },
    updateStrategy: 'text',
    upgradeOptions: { apply: 'text' },
    pxc: {
      size: 'integer',
      image: 'text',
      podSecurityContext: POD_SECURITY,
      containerSecurityContext: CONTAINER_SECURITY,
      resources: RESOURCES,
      volumeSpec: { persistentVolumeClaim: CLAIM },
    },
    users: [
      {
        'name!': 'text',
        dbs: ['text'],
        hosts: ['text'],
        grants: ['text'],
        passwordSecretRef: SECRET_KEY,
      },
    ],
  },
  'RabbitmqCluster.v1beta1.rabbitmq.com': {
    replicas: 'integer',
    image: 'text',
    persistence: { storage: 'quantity' },
    override: {
      statefulSet: {
        spec: {
          template: {
            spec: {
              securityContext: POD_SECURITY,
              initContainers: [
                { 'name!': 'text', securityContext: CONTAINER_SECURITY },
              ],
              containers: [
                { 'name!': 'text', securityContext: CONTAINER_SECURITY },
              ],
            },
          },
        },
      },
    },
  },
  'Redis.v1beta2.redis.redis.opstreelabs.in': {
    'kubernetesConfig!': {
      'image!': 'text',
      redisSecret: SECRET_KEY,
      resources: RESOURCES,
    },
    initContainer: {
      'image!': 'text',
      enabled: 'boolean',
      securityContext: CONTAINER_SECURITY,
    },
    podSecurityContext: POD_SECURITY,
    securityContext: CONTAINER_SECURITY,
    storage: { volumeClaimTemplate: { spec: CLAIM } },
  },
};

/** Definitions of the kinds of operators that resources are given by: no field but those is taken. */
export const OPERATOR_KINDS: readonly KubeObject[] = Object.entries(KINDS).map(
  ([name, spec]) => {
    const [kind, version, ...rest] = name.split('.');
    const group = rest.join('.');
    const plural = `${kind.toLowerCase()}s`;
    return {
      apiVersion: 'apiextensions.k8s.io/v1',
      kind: 'CustomResourceDefinition',
      metadata: { name: `${plural}.${group}` },
      spec: {
        group,
        scope: 'Namespaced',
        names: { kind, plural, singular: kind.toLowerCase() },
        versions: [
          {
            name: version,
            served: true,
            storage: true,
            schema: {
              openAPIV3Schema: {
                type: 'object',
                required: ['spec'],
                properties: { spec: schemaOf(spec) },
              },
            },
          },
        ],
      },
    };
  },
);

function schemaOf(shape: Shape): Record<string, unknown> {
  if (shape === 'text') return { type: 'string' };
  if (shape === 'map')
    return { type: 'object', 'x-kubernetes-preserve-unknown-fields': true };
  if (shape === 'quantity') return { 'x-kubernetes-int-or-string': true };
  if (typeof shape === 'string') return { type: shape };
  if (isList(shape)) return { type: 'array', items: schemaOf(shape[0]) };
  const fields = Object.entries(shape);
  const required = fields
    .filter(([field]) => field.endsWith('!'))
    .map(([field]) => nameOf(field));
  return {
    type: 'object',
    ...(required.length > 0 && { required }),
    properties: Object.fromEntries(
      fields.map(([field, each]) => [nameOf(field), schemaOf(each)]),
    ),
  };
}

function isList(shape: Shape): shape is readonly [Shape] {
  return Array.isArray(shape);
}

function nameOf(field: string): string {
  return field.replace(/!$/, '');
}
