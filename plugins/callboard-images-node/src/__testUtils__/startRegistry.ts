import { freePort } from '@callboard/testing';
import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { createHash, randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A real image registry on loopback, for a test. */
export interface TestRegistry {
  /** Host and port. */
  address: string;
  stop(): Promise<void>;
}

/** Which real registries this machine has. */
export function findRegistries(): Array<{
  name: string;
  start(): Promise<TestRegistry>;
}> {
  const assets = process.env.KUBEBUILDER_ASSETS;
  const inMemory = assets && join(assets, 'registry');
  const debian = spawnSync('sh', ['-c', 'command -v docker-registry'], {
    encoding: 'utf8',
  }).stdout.trim();
  return [
    ...(inMemory && existsSync(inMemory)
      ? [{ name: 'in-memory registry', start: () => startInMemory(inMemory) }]
      : []),
    ...(debian
      ? [{ name: "Debian's docker-registry", start: () => startDebian(debian) }]
      : []),
  ];
}

async function startInMemory(program: string): Promise<TestRegistry> {
  const address = `127.0.0.1:${await freePort()}`;
  return started(
    address,
    spawn(program, ['--address', address], { stdio: 'ignore' }),
  );
}

async function startDebian(program: string): Promise<TestRegistry> {
  const address = `127.0.0.1:${await freePort()}`;
  const folder = await mkdtemp(join(tmpdir(), 'docker-registry-'));
  const config = join(folder, 'config.yml');
  await writeFile(
    config,
    JSON.stringify({
      version: 0.1,
      log: { level: 'error' },
      storage: {
        filesystem: { rootdirectory: join(folder, 'data') },
        delete: { enabled: true },
      },
      http: {
        addr: address,
        secret: createHash('sha256').update(randomBytes(16)).digest('hex'),
      },
    }),
  );
  return started(
    address,
    spawn(program, ['serve', config], { stdio: 'ignore' }),
    folder,
  );
}

async function started(
  address: string,
  child: ChildProcess,
  folder?: string,
): Promise<TestRegistry> {
  const deadline = Date.now() + 15_000;
  for (;;) {
    const answers = await fetch(`http://${address}/v2/`).then(
      response => response.status < 500,
      () => false,
    );
    if (answers) break;
    if (child.exitCode !== null || Date.now() > deadline)
      throw new Error(`The registry at ${address} did not start`);
    await new Promise(resolve => setTimeout(resolve, 50));
  }
  return {
    address,
    stop: async () => {
      const gone = new Promise(resolve => child.once('exit', resolve));
      if (child.exitCode === null && child.kill()) await gone;
      if (folder) await rm(folder, { recursive: true, force: true });
    },
  };
}
