import { SecretText } from '../../placeholders';
import { drawnVariable, secretOf } from '../generatedSecret';
import type { ProvisionContext, Provisioned, ResourceRequest } from '../types';
import { readServerParams, renderStateful } from './stateful';

const PORT = 6379;
const USER = 'default';
const VERSIONS = ['7', '8'];
const DEFAULTS = { version: '8', size: '1Gi' };

/** Its configuration is read from standard input: arguments could be read by anyone who lists processes. */
const START = `exec redis-server - <<END
appendonly yes
dir /data
requirepass $REDIS_PASSWORD
END
`;

/** Redis in one pod, which writes what it holds to a claim. Params: `version` and `size` of the claim. */
export function provisionRedis(
  resource: ResourceRequest,
  context: ProvisionContext,
): Provisioned {
  const params = readServerParams(resource, DEFAULTS, VERSIONS);
  if (!params.ok) return params;
  const { version, size } = params.value;
  const { objectName: name } = resource;
  const password = secretOf(name, 'password');
  return {
    ok: true,
    outputs: {
      host: name,
      port: PORT,
      username: USER,
      password,
      url: SecretText.join(`redis://${USER}:`, password, `@${name}:${PORT}`),
    },
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
