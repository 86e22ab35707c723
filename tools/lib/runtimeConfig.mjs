// What `npm start` knows and the committed configuration cannot: the address,
// the data folder and this machine's own git token.
import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** Writes the configuration of this run into the data folder and answers where, with the git token. */
export function writeRuntimeConfig({ port, dataDir, appUrl }) {
  mkdirSync(join(dataDir, 'database'), { recursive: true, mode: 0o700 });
  const token = readOrMakeToken(join(dataDir, 'git-token'));
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
    callboard: {
      dataDir,
      git: {
        tokens: [{ username: 'dev', token, user: 'user:development/guest' }],
      },
    },
  };
  const file = join(dataDir, 'app-config.runtime.json');
  writeFileSync(file, JSON.stringify(config, null, 2), { mode: 0o600 });
  return { file, token };
}

function readOrMakeToken(file) {
  if (existsSync(file)) return readFileSync(file, 'utf8').trim();
  const token = randomBytes(20).toString('hex');
  writeFileSync(file, `${token}\n`, { mode: 0o600 });
  return token;
}
