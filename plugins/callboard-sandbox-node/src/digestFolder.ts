import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import { resolvePackagePath } from '@backstage/backend-plugin-api';

/**
 * sha256 over names, modes and contents of all files below a folder: the same
 * files give the same digest anywhere. Runs in a worker thread.
 */
export async function digestFolder(folder: string): Promise<string> {
  const worker = new Worker(
    resolvePackagePath(
      '@callboard/plugin-callboard-sandbox-node',
      'assets',
      'digestFolder.cjs',
    ),
    { workerData: folder, execArgv: [] },
  );
  const [digest] = await once(worker, 'message');
  return digest as string;
}
