import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { resolvePackagePath } from '@backstage/backend-plugin-api';

const BUNDLE_MS = 60_000;

/** The published agent and its version. */
export interface AgentBundle {
  version: string;
  /** Path of the entry file. */
  main: string;
  /** Reads all files that it needs, by path; in a checkout, bundles it first. */
  read(): Promise<Record<string, Uint8Array>>;
}

const PROGRAM = 'bin/callboard-agent';
const BUNDLE = 'dist/callboard-agent.cjs';

/**
 * Opens the agent that comes with this portal. Published packages contain the
 * bundle; in a checkout the agent's program bundles its sources at every start.
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
