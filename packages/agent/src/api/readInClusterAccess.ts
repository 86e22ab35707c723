import { readFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import type { ApiAccess } from './ApiServer';

const ACCOUNT = '/var/run/secrets/kubernetes.io/serviceaccount';

/** The API server of the cluster that this process runs in, as its pod's service account. */
export function readInClusterAccess(
  env: NodeJS.ProcessEnv = process.env,
): ApiAccess {
  const { KUBERNETES_SERVICE_HOST: host, KUBERNETES_SERVICE_PORT: port } = env;
  if (!host || !port)
    throw new Error('This is no pod of a cluster: give --kubeconfig');
  return {
    server: `https://${host.includes(':') ? `[${host}]` : host}:${port}`,
    ca: readFileSync(`${ACCOUNT}/ca.crt`, 'utf8'),
    readToken: async () => (await readFile(`${ACCOUNT}/token`, 'utf8')).trim(),
  };
}
