import { SecretText } from '../../placeholders';
import { drawnVariable, refOfSecret, secretOf } from '../generatedSecret';
import type { ProvisionContext, Provisioned, ResourceRequest } from '../types';
import { RESTRICTED_CONTAINER, restrictedPod } from './restricted';
import {
  readServerParams,
  renderStateful,
  rotatedAnnotations,
} from './stateful';

const PORT = 6379;
const USER = 'default';
const VERSIONS = ['7', '8'];
const DEFAULTS = { version: '8', size: '1Gi' };

/** The configuration is read from standard input: arguments are visible in the list of processes. */
const START = `exec redis-server - <<END
appendonly yes
dir /data
requirepass $REDIS_PASSWORD
END
`;

/** Provisions Redis in one pod, with its data in a claim. Params: `version` and `size` of the claim. */
export function provisionRedis(
  resource: ResourceRequest,
  context: ProvisionContext,
): Provisioned {
  const params = readServerParams(resource, DEFAULTS, VERSIONS);
  if (!params.ok) return params;
  const { version, size } = params.value;
  const { objectName: name } = resource;
  return {
    ok: true,
    outputs: outputsOf(name),
    secrets: { password: { length: 32 } },
    objects: renderStateful(resource, context, {
      image: `docker.io/library/redis:${version}`,
      port: PORT,
      uid: 999,
      dataPath: '/data',
      size,
      requests: { cpu: '50m', memory: '128Mi' },
      container: {
        command: ['sh', '-c', START],
        env: [drawnVariable('REDIS_PASSWORD', name, 'password')],
      },
    }),
  };
}

/** User id in the images that the operator releases with itself. */
const OPERATOR_UID = 1000;
const OPERATOR_IMAGES: Record<string, string> = {
  7: 'quay.io/opstree/redis:v7.0.15',
  8: 'quay.io/opstree/redis:v8.2.2',
};

/**
 * Provisions Redis by the operator of OpsTree, one instance, with the password
 * of the app's Secret. Params as without it.
 */
export function provisionRedisByOperator(
  resource: ResourceRequest,
  context: ProvisionContext,
): Provisioned {
  const params = readServerParams(resource, DEFAULTS, VERSIONS);
  if (!params.ok) return params;
  const { version, size } = params.value;
  const { objectName: name } = resource;
  const image = OPERATOR_IMAGES[version];
  return {
    ok: true,
    outputs: outputsOf(name),
    secrets: { password: { length: 32 } },
    objects: [
      {
        apiVersion: 'redis.redis.opstreelabs.in/v1beta2',
        kind: 'Redis',
        // The operator copies annotations to the pod, which reads the password once.
        metadata: { name, ...rotatedAnnotations(resource, context) },
        spec: {
          kubernetesConfig: {
            image,
            redisSecret: refOfSecret(name, 'password'),
            resources: { requests: { cpu: '50m', memory: '128Mi' } },
          },
          // Disabled, but its security context also applies to the operator's own init
          // container.
          initContainer: {
            enabled: false,
            image,
            securityContext: RESTRICTED_CONTAINER,
          },
          podSecurityContext: restrictedPod(OPERATOR_UID),
          securityContext: RESTRICTED_CONTAINER,
          storage: {
            volumeClaimTemplate: {
              spec: {
                accessModes: ['ReadWriteOnce'],
                resources: { requests: { storage: size } },
              },
            },
          },
        },
      },
    ],
  };
}

function outputsOf(name: string) {
  const password = secretOf(name, 'password');
  return {
    host: name,
    port: PORT,
    username: USER,
    password,
    url: SecretText.join(`redis://${USER}:`, password, `@${name}:${PORT}`),
  };
}
