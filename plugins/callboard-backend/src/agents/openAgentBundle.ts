import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { resolvePackagePath } from '@backstage/backend-plugin-api';

const BUNDLE_MS = 60_000;

/** The agent as it is published, and its version. */
export interface AgentBundle {
  version: string;
  /** Path of the file that is run. */
  main: string;
  /** Reads all that it needs, by path; bundles it first in a checkout. */
  read(): Promise<Record<string, Uint8Array>>;
}

const PROGRAM = 'bin/callboard-agent';
const BUNDLE = 'dist/callboard-agent.cjs';

/**
 * The agent that comes with this portal. What is published carries the bundle; a
 * checkout has sources, and its program bundles them at every start.
 */
export async function openAgentBundle(): Promise<AgentBundle> {
  const home = resolvePackagePath('@callboard/agent');
  const manifest = await readFile(join(home, 'package.json'), 'utf8');
  const { version } = JSON.parse(manifest) as { version: string };
  return {
    version,
    main: PROGRAM,
    async read() {
      if (existsSync(join(home, 'src'))) {
        await promisify(execFile)(
          process.execPath,
          [join(home, PROGRAM), '--help'],
          { timeout: BUNDLE_MS, env: {} },
        );
      }
      return {
        [PROGRAM]: await readFile(join(home, PROGRAM)),
        [BUNDLE]: await readFile(join(home, BUNDLE)),
      };
    },
  };
}
