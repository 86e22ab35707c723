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

/** Writes the configuration of this run into the data folder and returns where, with the git token and the sign-in key. */
export function writeRuntimeConfig({ port, dataDir, appUrl }) {
  mkdirSync(join(dataDir, 'database'), { recursive: true, mode: 0o700 });
  const token = readOrMakeToken(join(dataDir, 'git-token'));
  const signInKey = readOrMakeToken(join(dataDir, 'sign-in-key'));
  const url = `http://localhost:${port}`;
  const config = {
    app: { baseUrl: appUrl ?? url },
    backend: {
      baseUrl: url,
      listen: { host: 'localhost', port },
      ...(appUrl ? { cors: { origin: appUrl, credentials: true } } : {}),
      database: {
        client: 'better-sqlite3',
        connection: { directory: join(dataDir, 'database') },
        // Who is signed in is in the token; sign-in writes nothing that a full disk or a lost database could refuse.
        plugin: { auth: { client: 'better-sqlite3', connection: ':memory:' } },
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
      keyStore: {
        provider: 'static',
        static: { keys: [readOrMakeKeys(dataDir, 'session-keys')] },
      },
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
