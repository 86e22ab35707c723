import {
  provisionEnvironment,
  provisionSecret,
} from '../../settings/provisionSettings';
import type { Provisioner } from '../types';
import { provisionAmqp, provisionRabbitmqCluster } from './amqp';
import { provisionDns } from './dns';
import { provisionKafkaTopic } from './kafkaTopic';
import { provisionMongodb } from './mongodb';
import { provisionMysql } from './mysql';
import { provisionCloudNativePg, provisionPostgres } from './postgres';
import { provisionRedis } from './redis';
import { provisionRoute } from './route';
import { provisionS3 } from './s3';
import { provisionService } from './service';
import { provisionServicePort } from './servicePort';
import { provisionVolume } from './volume';

/**
 * What Callboard itself gives, on any cluster unless it says otherwise. Only
 * what is truly there: a type that nobody gives is refused before anything is
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
  {
    ...builtIn('amqp', provisionRabbitmqCluster),
    name: 'built-in/amqp-rabbitmq-operator',
    serves: { kinds: ['RabbitmqCluster.rabbitmq.com'] },
  },
  builtIn('kafka-topic', provisionKafkaTopic),
  builtIn('mongodb', provisionMongodb),
  builtIn('mysql', provisionMysql),
  builtIn('postgres', provisionPostgres),
  {
    ...builtIn('postgres', provisionCloudNativePg),
    name: 'built-in/postgres-cloudnative-pg',
    serves: { kinds: ['Cluster.postgresql.cnpg.io'] },
  },
  builtIn('redis', provisionRedis),
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
