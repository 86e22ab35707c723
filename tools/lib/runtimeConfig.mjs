// What `npm start` knows and the committed configuration cannot: the address,
// the data folder, this machine's own git token and the key that signs a person in.
import {
  createHash,
  createPublicKey,
  generateKeyPairSync,
  randomBytes,
} from 'node:crypto';
import {
  existsSync,
  mkdirSync,
  readFileSync,
  renameSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';

/** Sign-in writes nothing that a full disk could refuse. */
const SESSIONS_IN_MEMORY = {
  auth: { client: 'better-sqlite3', connection: ':memory:' },
};

/**
 * Writes the configuration of this run into the data folder and returns where, with the git token and the sign-in key.
 *
 * @param configs - files that come after it
 */
export async function writeRuntimeConfig({ port, dataDir, appUrl, configs }) {
  mkdirSync(join(dataDir, 'database'), { recursive: true, mode: 0o700 });
  const token = readOrMakeToken(join(dataDir, 'git-token'));
  const signInKey = readOrMakeToken(join(dataDir, 'sign-in-key'));
  const url = `http://localhost:${port}`;
  const isAlone = !(await someNameDatabase(configs));
  const config = {
    app: { baseUrl: appUrl ?? url },
    backend: {
      baseUrl: url,
      listen: { host: 'localhost', port },
      ...(appUrl ? { cors: { origin: appUrl, credentials: true } } : {}),
      database: {
        client: 'better-sqlite3',
        connection: { directory: join(dataDir, 'database') },
        ...(isAlone && { plugin: SESSIONS_IN_MEMORY }),
      },
      auth: {
        pluginKeyStore: {
          type: 'static',
          static: { keys: [readOrMakeKeys(dataDir, 'plugin-keys')] },
        },
      },
    },
    auth: {
      providers: { guest: { key: signInKey } },
      ...(isAlone && {
        keyStore: {
          provider: 'static',
          static: { keys: [readOrMakeKeys(dataDir, 'session-keys')] },
        },
      }),
      // Who somebody is must be known while a database is away.
      omitIdentityTokenOwnershipClaim: false,
    },
    callboard: {
      dataDir,
      git: {
        tokens: [{ username: 'dev', token, user: 'user:development/guest' }],
      },
    },
  };
  const file = join(dataDir, 'app-config.runtime.json');
  writeFileSync(file, JSON.stringify(config, null, 2), { mode: 0o600 });
  return { file, token, signInKey };
}

/** Processes that share a database share their sessions by it. */
async function someNameDatabase(files) {
  const { parseDocument } = await import('yaml'); // not there before the first install
  return files
    .map(file => readConfigFile(file, parseDocument))
    .some(config => config?.backend?.database !== undefined);
}

/** A configuration holds secrets: what is wrong with it is told without a word of it. */
function readConfigFile(file, parseDocument) {
  const document = parseDocument(readFileSync(file, 'utf8'));
  const [fault] = document.errors;
  if (fault === undefined) return document.toJS();
  const [{ line, col } = {}] = fault.linePos ?? [];
  throw new Error(
    `Cannot read ${file}: line ${line}, column ${col} is no YAML (${fault.code}). Correct it`,
  );
}

/** A pair of keys that signs for as long as the data folder is there: tokens outlive a restart. */
function readOrMakeKeys(dataDir, name) {
  const privateKeyFile = join(dataDir, `${name}.pem`);
  const publicKeyFile = join(dataDir, `${name}.pub.pem`);
  if (!existsSync(privateKeyFile)) {
    const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
    const draft = `${privateKeyFile}.new`;
    writeFileSync(draft, privateKey.export({ type: 'pkcs8', format: 'pem' }), {
      mode: 0o600,
    });
    renameSync(draft, privateKeyFile);
  }
  const publicKey = createPublicKey(readFileSync(privateKeyFile));
  const pem = publicKey.export({ type: 'spki', format: 'pem' });
  if (!existsSync(publicKeyFile)) writeFileSync(publicKeyFile, pem);
  const keyId = createHash('sha256').update(pem).digest('hex').slice(0, 32);
  return { publicKeyFile, privateKeyFile, keyId, algorithm: 'ES256' };
}

function readOrMakeToken(file) {
  if (existsSync(file)) return readFileSync(file, 'utf8').trim();
  const token = randomBytes(20).toString('hex');
  writeFileSync(file, `${token}\n`, { mode: 0o600 });
  return token;
}
