import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { FakeBuildkitd } from './FakeBuildkitd';

/** A BuildKit daemon for a test. */
export interface TestBuildkitd {
  /** As `callboard.builder.buildkit.url`. */
  url: string;
  stop(): Promise<void>;
}

/**
 * Daemons that a contract is held against: the fake, and the real one where
 * CALLBOARD_BUILDKITD names the program (it wants root and runc).
 */
export function findBuildkitds(): Array<{
  name: string;
  /** `registries` are plain HTTP. */
  start(registries: readonly string[]): Promise<TestBuildkitd>;
}> {
  const program = process.env.CALLBOARD_BUILDKITD;
  return [
    { name: 'fake buildkitd', start: startFake },
    ...(program && existsSync(program)
      ? [
          {
            name: 'real buildkitd',
            start: (registries: readonly string[]) =>
              startReal(program, registries),
          },
        ]
      : []),
  ];
}

async function startFake(): Promise<TestBuildkitd> {
  const folder = await mkdtemp(join(tmpdir(), 'buildkitd-'));
  const socket = join(folder, 'buildkitd.sock');
  const fake = await FakeBuildkitd.listen(socket);
  return {
    url: `unix://${socket}`,
    stop: async () => {
      fake.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

async function startReal(
  program: string,
  registries: readonly string[],
): Promise<TestBuildkitd> {
  const folder = await mkdtemp(join(tmpdir(), 'buildkitd-'));
  const socket = join(folder, 'buildkitd.sock');
  const config = join(folder, 'buildkitd.toml');
  await writeFile(
    config,
    [
      `root = "${join(folder, 'root')}"`,
      `[grpc]\n  address = ["unix://${socket}"]`,
      '[worker.oci]\n  enabled = true\n  snapshotter = "native"\n  networkMode = "host"',
      '[worker.containerd]\n  enabled = false',
      ...registries.map(host => `[registry."${host}"]\n  http = true`),
    ].join('\n'),
  );
  const child = spawn(program, ['--config', config], { stdio: 'ignore' });
  const deadline = Date.now() + 20_000;
  while (!existsSync(socket)) {
    if (child.exitCode !== null || Date.now() > deadline)
      throw new Error(`${program} did not start`);
    await new Promise(resolve => setTimeout(resolve, 50));
  }
  return {
    url: `unix://${socket}`,
    stop: async () => {
      if (child.exitCode === null && child.kill()) await once(child, 'exit');
      await rm(folder, { recursive: true, force: true });
    },
  };
}
