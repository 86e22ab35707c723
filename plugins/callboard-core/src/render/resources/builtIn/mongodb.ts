import { SecretText } from '../../placeholders';
import { drawnVariable, refOfSecret, secretOf } from '../generatedSecret';
import type { ProvisionContext, Provisioned, ResourceRequest } from '../types';
import { RESTRICTED_CONTAINER, restrictedPod } from './restricted';
import { readServerParams, renderStateful } from './stateful';

const PORT = 27017;
const DATABASE = 'app';
const USER = 'app';
const DATA = '/data/db';
const CACHE = '--wiredTigerCacheSizeGB 0.25'; // the default is half of the node's memory
const VERSIONS = ['7', '8'];
const DEFAULTS = { version: '8', size: '1Gi' };

const SET_USER = `const app = db.getSiblingDB("${DATABASE}"), pwd = process.env.USER_PASSWORD;
app.getUser("${USER}") ? app.changeUserPassword("${USER}", pwd) : app.createUser({ user: "${USER}", pwd, roles: ["dbOwner"] });`;

/**
 * Sets the user's password from the Secret at every start, while only the pod
 * itself can connect: existing data keep the password they were created with.
 */
const START = `set -e
mongod --dbpath ${DATA} ${CACHE} --bind_ip 127.0.0.1 --port 27018 --fork --logpath /tmp/prepare.log
mongosh --quiet --port 27018 --eval '${SET_USER}'
mongod --dbpath ${DATA} --shutdown
exec mongod --dbpath ${DATA} ${CACHE} --bind_ip_all --port ${PORT} --auth
`;

/** Provisions MongoDB in one pod with a claim. Params: `version` and `size` of the claim. */
export function provisionMongodb(
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
      image: `docker.io/library/mongo:${version}`,
      port: PORT,
      uid: 999,
      dataPath: DATA,
      size,
      requests: { cpu: '100m', memory: '512Mi' },
      container: {
        command: ['sh', '-c', START],
        env: [
          { name: 'HOME', value: '/tmp' }, // the shell writes its history there
          drawnVariable('USER_PASSWORD', name, 'password'),
        ],
      },
    }),
  };
}

/** User id in Percona's image and operator. */
const PERCONA_UID = 1001;
const REPLICA_SET = 'rs0';
const CONFIGURATION = `storage:
  wiredTiger:
    engineConfig:
      cacheSizeGB: 0.25
`;

/**
 * Provisions MongoDB by Percona's operator for it (1.18 or newer), a replica
 * set of one instance; the operator creates the user with the password of the
 * app's Secret. It keeps the claim when its resource is deleted. Params as
 * without it.
 */
export function provisionPerconaMongodb(
  resource: ResourceRequest,
): Provisioned {
  const params = readServerParams(resource, DEFAULTS, VERSIONS);
  if (!params.ok) return params;
  const { version, size } = params.value;
  const { objectName: name } = resource;
  return {
    ok: true,
    outputs: outputsOf(`${name}-${REPLICA_SET}`, secretOf(name, 'password')),
    secrets: { password: { length: 32 } },
    objects: [
      {
        apiVersion: 'psmdb.percona.com/v1',
        kind: 'PerconaServerMongoDB',
        metadata: { name },
        spec: {
          image: `docker.io/percona/percona-server-mongodb:${version}.0`,
          initContainerSecurityContext: RESTRICTED_CONTAINER,
          unsafeFlags: { replsetSize: true }, // one instance
          upgradeOptions: { apply: 'disabled' }, // the app sets the version
          secrets: { users: `${name}-users` }, // the operator's own by default: several instances would share one
          sharding: { enabled: false },
          replsets: [
            {
              name: REPLICA_SET,
              size: 1,
              configuration: CONFIGURATION, // the default is half of the node's memory
              podSecurityContext: restrictedPod(PERCONA_UID),
              containerSecurityContext: RESTRICTED_CONTAINER,
              resources: { requests: { cpu: '100m', memory: '512Mi' } },
              volumeSpec: {
                persistentVolumeClaim: {
                  resources: { requests: { storage: size } },
                },
              },
            },
          ],
          users: [
            {
              name: USER,
              db: DATABASE,
              passwordSecretRef: refOfSecret(name, 'password'),
              roles: [{ name: 'dbOwner', db: DATABASE }],
            },
          ],
        },
      },
    ],
  };
}

function outputsOf(host: string, password: SecretText) {
  const url = SecretText.join(
    `mongodb://${USER}:`,
    password,
    `@${host}:${PORT}/${DATABASE}`,
  );
  return {
    host,
    port: PORT,
    name: DATABASE,
    database: DATABASE,
    username: USER,
    password,
    connection: url,
    url,
  };
}
