// Starts the portal's one process and ends it with everything it started.
import { spawn } from 'node:child_process';
import { closeSync, openSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './paths.mjs';
import { node, toolchainEnv } from './toolchain.mjs';

const STOP_GRACE_MS = 6_000; // it ends within 5 s by itself

/**
 * Starts the backend, which serves pages and API, and resolves once it is ready.
 * Its log goes to `callboard.log` in the data folder.
 */
export function startPortalProcess({ configs, dataDir }) {
  const logFile = join(dataDir, 'callboard.log');
  const log = openSync(logFile, 'a', 0o600);
  const child = spawn(
    node,
    [
      '--enable-source-maps',
      '--require',
      '@backstage/cli-node/config/nodeTransform.cjs',
      'src/index.ts',
      ...configs.flatMap(file => ['--config', file]),
    ],
    {
      cwd: join(root, 'packages/backend'),
      stdio: ['ignore', log, log, 'ipc'],
      env: {
        ...toolchainEnv,
        NODE_ENV: 'production',
        NODE_COMPILE_CACHE: join(root, 'node_modules/.cache/callboard-compile'),
        CALLBOARD_LOG_FILE: logFile, // its size is kept by the portal
        LOG_LEVEL: process.env.LOG_LEVEL ?? 'info',
      },
      // Own group: Ctrl-C reaches this program alone, which then stops the portal in order.
      detached: true,
    },
  );
  closeSync(log);
  const ended = new Promise(resolve =>
    child.once('exit', (code, signal) => resolve({ code, signal })),
  );
  const ready = new Promise((resolve, reject) => {
    child.on('message', message => {
      if (message?.type === 'callboard-ready') resolve();
      if (message?.type !== 'callboard-failed') return;
      // What is still starting is busy for seconds, and of no use any more.
      signalGroup(child.pid, 'SIGKILL');
      reject(
        new Error(
          `Callboard cannot start\n${message.why}\nIts log: ${logFile}`,
        ),
      );
    });
    child.once('error', reject);
    ended.then(() =>
      reject(
        new Error(
          `Callboard ended while starting. The end of ${logFile}:\n${tailOf(
            logFile,
          )}`,
        ),
      ),
    );
  });
  return { child, ready, ended, logFile, stop: () => stopGroup(child, ended) };
}

async function stopGroup(child, ended) {
  // The portal alone: what it still says to those who push goes through programs of its group.
  child.kill('SIGTERM');
  const killer = setTimeout(() => {
    process.stdout.write(
      `Callboard did not end within ${STOP_GRACE_MS / 1000} s and was killed\n`,
    );
    signalGroup(child.pid, 'SIGKILL');
  }, STOP_GRACE_MS);
  await ended;
  clearTimeout(killer);
  signalGroup(child.pid, 'SIGKILL');
}

function signalGroup(pid, signal) {
  try {
    process.kill(-pid, signal);
  } catch (error) {
    if (error.code !== 'ESRCH') throw error;
  }
}

function tailOf(file) {
  return readFileSync(file, 'utf8').split('\n').slice(-30).join('\n');
}
