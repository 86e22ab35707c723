import {
  provisionEnvironment,
  provisionSecret,
} from '../../settings/provisionSettings';
import type { Provisioner } from '../types';
import { provisionAmqp, provisionRabbitmqCluster } from './amqp';
import { provisionDns } from './dns';
import { provisionKafkaTopic } from './kafkaTopic';
import { provisionMongodb, provisionPerconaMongodb } from './mongodb';
import { provisionMysql, provisionXtraDbCluster } from './mysql';
import { provisionCloudNativePg, provisionPostgres } from './postgres';
import { provisionRedis, provisionRedisByOperator } from './redis';
import { provisionRoute } from './route';
import { provisionS3 } from './s3';
import { provisionService } from './service';
import { provisionServicePort } from './servicePort';
import { provisionStrimziScramTopic, provisionStrimziTopic } from './strimzi';
import { provisionVolume } from './volume';

const STRIMZI_KINDS = ['Kafka', 'KafkaNodePool', 'KafkaTopic'].map(
  kind => `${kind}.kafka.strimzi.io`,
);

/**
 * Callboard's own provisioners, on any cluster unless restricted. Only types
 * that are really provided: any other type is refused before anything is
 * deployed.
 */
export const BUILT_IN_PROVISIONERS: readonly Provisioner[] = [
  builtIn('dns', provisionDns),
  builtIn('environment', provisionEnvironment),
  builtIn('route', provisionRoute),
  builtIn('secret', provisionSecret),
  builtIn('service', provisionService),
  builtIn('service-port', provisionServicePort),
  { ...builtIn('volume', provisionVolume), revision: '2' },
  builtIn('amqp', provisionAmqp),
  byOperator(
    'amqp',
    'rabbitmq-operator',
    ['RabbitmqCluster.rabbitmq.com'],
    provisionRabbitmqCluster,
  ),
  builtIn('kafka-topic', provisionKafkaTopic),
  byOperator('kafka-topic', 'strimzi', STRIMZI_KINDS, provisionStrimziTopic),
  {
    ...byOperator(
      'kafka-topic',
      'strimzi-scram',
      STRIMZI_KINDS.concat('KafkaUser.kafka.strimzi.io'),
      provisionStrimziScramTopic,
    ),
    class: 'scram',
  },
  builtIn('mongodb', provisionMongodb),
  byOperator(
    'mongodb',
    'percona',
    ['PerconaServerMongoDB.psmdb.percona.com'],
    provisionPerconaMongodb,
  ),
  builtIn('mysql', provisionMysql),
  byOperator(
    'mysql',
    'percona',
    ['PerconaXtraDBCluster.pxc.percona.com'],
    provisionXtraDbCluster,
  ),
  builtIn('postgres', provisionPostgres),
  byOperator(
    'postgres',
    'cloudnative-pg',
    ['Cluster.postgresql.cnpg.io'],
    provisionCloudNativePg,
  ),
  builtIn('redis', provisionRedis),
  byOperator(
    'redis',
    'opstree',
    ['Redis.redis.redis.opstreelabs.in'],
    provisionRedisByOperator,
  ),
  builtIn('s3', provisionS3),
];

function builtIn(
  type: string,
  provision: Provisioner['provision'],
): Provisioner {
  return {
    name: `built-in/${type}`,
    origin: 'built-in',
    type,
    class: 'default',
    revision: '1',
    provision,
  };
}

/** Provisioner for clusters whose blueprint installs the operator: it takes precedence over the plain one. */
function byOperator(
  type: string,
  operator: string,
  kinds: readonly string[],
  provision: Provisioner['provision'],
): Provisioner {
  return {
    ...builtIn(type, provision),
    name: `built-in/${type}-${operator}`,
    serves: { kinds },
  };
}
