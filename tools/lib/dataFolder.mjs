// The data folder of this run: made, and taken by nobody else.
import { spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './paths.mjs';
import { node } from './toolchain.mjs';

/**
 * Makes the folder and answers how to give it back. Throws where another portal
 * has it: what is written before the portal starts (its configuration, its log)
 * must not be another one's. That two portals never run on one folder is what
 * the portal itself sees to, by a lock of the operating system.
 */
export function takeDataFolder(dataDir) {
  const file = join(dataDir, 'portal.pid');
  try {
    mkdirSync(dataDir, { recursive: true, mode: 0o700 });
    noteStarter(file, dataDir);
  } catch (error) {
    if (!error.code) throw error;
    throw new Error(
      `The data folder ${dataDir} cannot be used: ${error.message}. Correct it, or choose another folder with --data`,
    );
  }
  const unlock = () => rmSync(file, { force: true });
  // A portal whose `npm start` was killed is ending, and waited for.
  const { status, stderr } = spawnSync(
    node,
    [join(root, 'tools/lib/awaitDataFolder.mjs'), dataDir],
    { encoding: 'utf8' },
  );
  if (status === 0) return unlock;
  unlock();
  throw new Error(stderr.trim());
}

/** Of two that start at once one makes the file. */
function noteStarter(file, dataDir) {
  const write = () => writeFileSync(file, String(process.pid), { flag: 'wx' });
  try {
    write();
  } catch (error) {
    if (error.code !== 'EEXIST') throw error;
    const pid = Number(readFileSync(file, 'utf8'));
    if (isPortal(pid))
      throw new Error(
        `The data folder ${dataDir} is in use by process ${pid}. Stop it, or choose another folder with --data`,
      );
    rmSync(file, { force: true });
    write();
  }
}

function isPortal(pid) {
  try {
    return (
      pid !== process.pid &&
      readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes('portal.mjs')
    );
  } catch {
    return false;
  }
}
