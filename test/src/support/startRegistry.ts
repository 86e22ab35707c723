import { spawn } from 'node:child_process';
import {
  closeSync,
  mkdirSync,
  openSync,
  readFileSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { eventually } from '@callboard/testing';
import type { Running } from './proxies';

const ACCOUNT = { username: 'site', password: 'secret' };
/** bcrypt of that password, as `htpasswd -B` writes it. */
const HASH = '$2y$05$abcdefghijklmnopqrstuuOQiyCxlgf/oeuTqixKmWdcYUh4Hjl0a';

/** Debian's docker-registry, which asks everybody who is there. */
export async function startRegistry(
  folder: string,
  { address }: { address: string },
): Promise<Running & typeof ACCOUNT> {
  mkdirSync(folder, { recursive: true });
  const passwords = join(folder, 'htpasswd');
  writeFileSync(passwords, `${ACCOUNT.username}:${HASH}\n`);
  const file = join(folder, 'config.yml');
  writeFileSync(
    file,
    JSON.stringify({
      version: 0.1,
      log: { accesslog: { disabled: false } },
      storage: { filesystem: { rootdirectory: join(folder, 'blobs') } },
      http: { addr: address },
      auth: { htpasswd: { realm: 'site', path: passwords } },
    }),
  );
  const log = join(folder, 'log');
  const output = openSync(log, 'a');
  const child = spawn('docker-registry', ['serve', file], {
    stdio: ['ignore', output, output],
  });
  closeSync(output);
  const gone = new Promise<void>(resolve =>
    child.once('exit', () => resolve()),
  );
  await eventually(
    'the registry asks who is there',
    async () => {
      const { status } = await fetch(`http://${address}/v2/`);
      if (status !== 401) throw new Error(`It answers ${status}`);
    },
    20_000,
  );
  return {
    ...ACCOUNT,
    port: Number(address.split(':').at(-1)),
    log: () => readFileSync(log, 'utf8'),
    stop: async () => {
      child.kill('SIGKILL');
      await gone;
    },
  };
}
