import { execFile } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { promisify } from 'node:util';
import { AGENT_VERSION } from '@callboard/agent';
import { ImageBuilder } from '@callboard/plugin-callboard-images-node';
import { BuildPlace, RunArea } from '@callboard/plugin-callboard-sandbox-node';

const HOME = join(__dirname, '../../../../packages/agent');
const PROGRAM = 'bin/callboard-agent';
const BUNDLE = 'dist/callboard-agent.cjs';

/**
 * Builds the image of an agent as a later portal brings it: the current agent that
 * says another version. @returns the image, by digest
 */
export async function pushAgent(
  registry: string,
  version: string,
): Promise<string> {
  const folder = mkdtempSync(join(tmpdir(), 'callboard-agent-image-'));
  const area = await RunArea.open({ dataDir: folder, isRoot: true });
  try {
    const pushed = await new ImageBuilder({
      registry,
      insecure: true,
      node: process.execPath,
      architecture: process.arch === 'arm64' ? 'arm64' : 'amd64',
      place: new BuildPlace({
        area,
        newId: randomUUID,
        portalEnv: process.env,
      }),
      folder,
      newId: randomUUID,
      clock: { now: () => new Date() },
      pause: ms => wait(ms),
      random: Math.random,
    }).pushProgram(
      {
        name: 'callboard-agent',
        version,
        title: 'Callboard agent',
        main: PROGRAM,
        files: {
          [PROGRAM]: readFileSync(join(HOME, PROGRAM)),
          [BUNDLE]: Buffer.from(await bundleAs(version)),
        },
      },
      AbortSignal.timeout(120_000),
    );
    if (!pushed.ok) throw new Error(JSON.stringify(pushed.problem));
    return pushed.value;
  } finally {
    rmSync(folder, { recursive: true, force: true });
    rmSync(area.folder, { recursive: true, force: true });
  }
}

async function bundleAs(version: string): Promise<string> {
  await promisify(execFile)(
    process.execPath,
    [join(HOME, PROGRAM), '--help'], // bundles it
    { env: {} },
  );
  const parts = readFileSync(join(HOME, BUNDLE), 'utf8').split(
    `"${AGENT_VERSION}"`,
  );
  if (parts.length !== 2)
    throw new Error(`The bundle names its version ${parts.length - 1} times`);
  return parts.join(`"${version}"`);
}
