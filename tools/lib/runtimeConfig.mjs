// What `npm start` knows and the committed configuration cannot: the address,
// the data folder, this machine's own git token and the key that signs a person in.
import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
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
      },
    },
    auth: { providers: { guest: { key: signInKey } } },
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

function readOrMakeToken(file) {
  if (existsSync(file)) return readFileSync(file, 'utf8').trim();
  const token = randomBytes(20).toString('hex');
  writeFileSync(file, `${token}\n`, { mode: 0o600 });
  return token;
}
