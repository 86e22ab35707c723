import { SecretText } from '../../placeholders';
import { drawnVariable, secretOf } from '../generatedSecret';
import type { ProvisionContext, Provisioned, ResourceRequest } from '../types';
import { readServerParams, renderStateful } from './stateful';

const PORT = 27017;
const DATABASE = 'app';
const USER = 'app';
const DATA = '/data/db';
const CACHE = '--wiredTigerCacheSizeGB 0.25'; // else half of the node's memory
const VERSIONS = ['7', '8'];
const DEFAULTS = { version: '8', size: '1Gi' };

const SET_USER = `const app = db.getSiblingDB("${DATABASE}"), pwd = process.env.USER_PASSWORD;
app.getUser("${USER}") ? app.changeUserPassword("${USER}", pwd) : app.createUser({ user: "${USER}", pwd, roles: ["dbOwner"] });`;

/**
 * Sets the user as the Secret says at every start, while only the pod itself
 * can connect: data that are there already know the password they were made with.
 */
const START = `set -e
mongod --dbpath ${DATA} ${CACHE} --bind_ip 127.0.0.1 --port 27018 --fork --logpath /tmp/prepare.log
mongosh --quiet --port 27018 --eval '${SET_USER}'
mongod --dbpath ${DATA} --shutdown
exec mongod --dbpath ${DATA} ${CACHE} --bind_ip_all --port ${PORT} --auth
`;

/** MongoDB in one pod with a claim. Params: `version` and `size` of the claim. */
export function provisionMongodb(
  resource: ResourceRequest,
  context: ProvisionContext,
): Provisioned {
  const params = readServerParams(resource, DEFAULTS, VERSIONS);
  if (!params.ok) return params;
  const { version, size } = params.value;
  const { objectName: name } = resource;
  const password = secretOf(name, 'password');
  const url = SecretText.join(
    `mongodb://${USER}:`,
    password,
    `@${name}:${PORT}/${DATABASE}`,
  );
  return {
    ok: true,
    outputs: {
      host: name,
      port: PORT,
      name: DATABASE,
      database: DATABASE,
      username: USER,
      password,
      connection: url,
      url,
    },
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
