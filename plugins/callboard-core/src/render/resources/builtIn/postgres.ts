import { SecretText } from '../../placeholders';
import { drawnVariable, secretOf } from '../generatedSecret';
import type { ProvisionContext, Provisioned, ResourceRequest } from '../types';
import { readServerParams, renderStateful } from './stateful';

const PORT = 5432;
const DATABASE = 'app';
const USER = 'app';
const DATA = '/var/lib/postgresql/data';
const VERSIONS = ['15', '16', '17'];
const DEFAULTS = { version: '17', size: '1Gi' };

/**
 * Sets the password of the Secret at every start: an existing database keeps
 * the one it was created with. It is passed on standard input, and a statement
 * that fails is not logged, since it holds the password.
 */
const SET_PASSWORD = `i=0
while [ $i -lt 60 ]; do
  printf '%s\\n' 'SET log_min_error_statement TO panic;' "ALTER ROLE ${USER} PASSWORD '$POSTGRES_PASSWORD';" |
    psql -q -v ON_ERROR_STOP=1 -U ${USER} -d ${DATABASE} && exit 0
  i=$((i + 1))
  sleep 1
done
exit 0
`;

/** Image of the plain provisioner. */
const POSTGRES_IMAGE = 'docker.io/library/postgres';

/** Provisions PostgreSQL in one pod with a claim, on any cluster. Params: `version` and `size` of the claim. */
export function provisionPostgres(
  resource: ResourceRequest,
  context: ProvisionContext,
): Provisioned {
  const params = readServerParams(resource, DEFAULTS, VERSIONS);
  if (!params.ok) return params;
  const { version, size } = params.value;
  const { objectName: name } = resource;
  return {
    ok: true,
    outputs: outputsOf(name, secretOf(name, 'password')),
    secrets: { password: { length: 32 } },
    objects: renderStateful(resource, context, {
      image: `${POSTGRES_IMAGE}:${version}`,
      port: PORT,
      uid: 999,
      dataPath: DATA,
      size,
      requests: { cpu: '100m', memory: '256Mi' },
      container: {
        env: [
          { name: 'PGDATA', value: `${DATA}/pgdata` }, // a claim may have a lost+found of its own
          { name: 'POSTGRES_DB', value: DATABASE },
          drawnVariable('POSTGRES_PASSWORD', name, 'password'),
          { name: 'POSTGRES_USER', value: USER },
        ],
        lifecycle: {
          postStart: { exec: { command: ['sh', '-c', SET_PASSWORD] } },
        },
      },
    }),
  };
}

/**
 * Provisions PostgreSQL by the operator CloudNativePG, which creates and stores
 * the password itself. Params as without it.
 */
export function provisionCloudNativePg(resource: ResourceRequest): Provisioned {
  const params = readServerParams(resource, DEFAULTS, VERSIONS);
  if (!params.ok) return params;
  const { version, size } = params.value;
  const { objectName: name } = resource;
  return {
    ok: true,
    outputs: outputsOf(`${name}-rw`, SecretText.of(`${name}-app`, 'password')),
    objects: [
      {
        apiVersion: 'postgresql.cnpg.io/v1',
        kind: 'Cluster',
        metadata: { name },
        spec: {
          instances: 1,
          imageName: `ghcr.io/cloudnative-pg/postgresql:${version}`,
          storage: { size },
          bootstrap: { initdb: { database: DATABASE, owner: USER } },
        },
      },
    ],
  };
}

function outputsOf(host: string, password: SecretText) {
  return {
    host,
    port: PORT,
    name: DATABASE,
    database: DATABASE,
    username: USER,
    password,
    url: SecretText.join(
      `postgresql://${USER}:`,
      password,
      `@${host}:${PORT}/${DATABASE}`,
    ),
  };
}
