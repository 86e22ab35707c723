import { SecretText } from '../../placeholders';
import { drawnVariable, refOfSecret, secretOf } from '../generatedSecret';
import { shortenObjectName } from '../nameObjects';
import type { ProvisionContext, Provisioned, ResourceRequest } from '../types';
import { RESTRICTED_CONTAINER, restrictedPod } from './restricted';
import { readServerParams, renderStateful } from './stateful';

const PORT = 3306;
const DATABASE = 'app';
const USER = 'app';
const MOUNT = '/var/lib/mysql';
const DATA = `${MOUNT}/data`; // a claim may have a lost+found of its own, and MySQL requires an empty folder
const VERSIONS = ['8.0', '8.4'];
const DEFAULTS = { version: '8.4', size: '1Gi' };

/**
 * Creates the data if missing, all of it or none, and has the server set the
 * passwords from the Secret at every start: existing data keep the passwords
 * they were created with.
 */
const START = `set -e
umask 077
if [ ! -d ${DATA} ]; then
  rm -rf ${DATA}.new
  mysqld --initialize-insecure --datadir=${DATA}.new
  mv ${DATA}.new ${DATA}
fi
cat > /tmp/users.sql <<END
CREATE DATABASE IF NOT EXISTS ${DATABASE};
CREATE USER IF NOT EXISTS '${USER}'@'%';
ALTER USER '${USER}'@'%' IDENTIFIED BY '$USER_PASSWORD';
GRANT ALL PRIVILEGES ON ${DATABASE}.* TO '${USER}'@'%';
ALTER USER 'root'@'localhost' IDENTIFIED BY '$ROOT_PASSWORD';
END
exec mysqld --datadir=${DATA} --init-file=/tmp/users.sql
`;

/** Provisions MySQL in one pod with a claim. Params: `version` and `size` of the claim. */
export function provisionMysql(
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
    secrets: { password: { length: 32 }, root: { length: 32 } },
    objects: renderStateful(resource, context, {
      image: `docker.io/library/mysql:${version}`,
      port: PORT,
      uid: 999,
      dataPath: MOUNT,
      size,
      requests: { cpu: '100m', memory: '512Mi' },
      container: {
        command: ['sh', '-c', START],
        env: [
          drawnVariable('ROOT_PASSWORD', name, 'root'),
          drawnVariable('USER_PASSWORD', name, 'password'),
        ],
      },
    }),
  };
}

/** User id in Percona's image and operator; the operator refuses longer names of clusters. */
const PERCONA_UID = 1001;
const PERCONA_NAME_LENGTH = 22;

/**
 * Provisions MySQL by Percona's operator for XtraDB Cluster (1.16 or newer),
 * with one instance; the operator creates the user with the password of the
 * app's Secret. It keeps the claim when its resource is deleted. Params as
 * without it.
 */
export function provisionXtraDbCluster(resource: ResourceRequest): Provisioned {
  const params = readServerParams(resource, DEFAULTS, VERSIONS);
  if (!params.ok) return params;
  const { version, size } = params.value;
  const { objectName } = resource;
  const name = shortenObjectName(objectName, PERCONA_NAME_LENGTH);
  const password = secretOf(objectName, 'password');
  return {
    ok: true,
    outputs: outputsOf(`${name}-pxc`, password),
    secrets: { password: { length: 32 } },
    objects: [
      {
        apiVersion: 'pxc.percona.com/v1',
        kind: 'PerconaXtraDBCluster',
        metadata: { name },
        spec: {
          unsafeFlags: { pxcSize: true }, // one instance
          updateStrategy: 'RollingUpdate', // its own needs a proxy
          upgradeOptions: { apply: 'disabled' }, // the app sets the version
          pxc: {
            size: 1,
            image: `docker.io/percona/percona-xtradb-cluster:${version}`,
            podSecurityContext: restrictedPod(PERCONA_UID),
            containerSecurityContext: RESTRICTED_CONTAINER,
            resources: { requests: { cpu: '100m', memory: '1Gi' } },
            volumeSpec: {
              persistentVolumeClaim: {
                resources: { requests: { storage: size } },
              },
            },
          },
          users: [
            {
              name: USER,
              dbs: [DATABASE],
              hosts: ['%'],
              grants: ['ALL PRIVILEGES'],
              passwordSecretRef: refOfSecret(objectName, 'password'),
            },
          ],
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
      `mysql://${USER}:`,
      password,
      `@${host}:${PORT}/${DATABASE}`,
    ),
  };
}
