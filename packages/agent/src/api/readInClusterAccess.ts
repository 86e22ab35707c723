import { readFileSync } from 'node:fs';
import type { ApiAccess } from './ApiServer';
import { TokenFile } from './TokenFile';

const ACCOUNT = '/var/run/secrets/kubernetes.io/serviceaccount';

/** Access to the API server of the cluster that this process runs in, as its pod's service account. */
export function readInClusterAccess(
  env: NodeJS.ProcessEnv = process.env,
): ApiAccess {
  const { KUBERNETES_SERVICE_HOST: host, KUBERNETES_SERVICE_PORT: port } = env;
  if (!host || !port)
    throw new Error('This is no pod of a cluster: give --kubeconfig');
  const tokens = new TokenFile(`${ACCOUNT}/token`);
  return {
    server: `https://${host.includes(':') ? `[${host}]` : host}:${port}`,
    ca: readFileSync(`${ACCOUNT}/ca.crt`, 'utf8'),
    readToken: () => tokens.read(),
  };
}
