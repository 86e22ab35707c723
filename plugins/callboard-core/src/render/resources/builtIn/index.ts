import {
  provisionEnvironment,
  provisionSecret,
} from '../../settings/provisionSettings';
import type { Provisioner } from '../types';
import { provisionCloudNativePg, provisionPostgres } from './postgres';
import { provisionServicePort } from './servicePort';
import { provisionVolume } from './volume';

/**
 * What Callboard itself gives, on any cluster unless it says otherwise. Only
 * what is truly there: a type that nobody gives is refused before anything is
 * deployed.
 */
export const BUILT_IN_PROVISIONERS: readonly Provisioner[] = [
  builtIn('environment', provisionEnvironment),
  builtIn('secret', provisionSecret),
  builtIn('service-port', provisionServicePort),
  builtIn('volume', provisionVolume),
  builtIn('postgres', provisionPostgres),
  {
    ...builtIn('postgres', provisionCloudNativePg),
    name: 'built-in/postgres-cloudnative-pg',
    serves: { kinds: ['Cluster.postgresql.cnpg.io'] },
  },
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
