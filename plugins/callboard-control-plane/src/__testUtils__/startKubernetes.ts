import { execFile, spawn } from 'node:child_process';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { promisify } from 'node:util';
import { kubeconfigSource } from '@callboard/plugin-callboard-clusters-node';
import type { RegisteredCluster } from '@callboard/plugin-callboard-node';

const { CALLBOARD_K8S_START: START, KUBEBUILDER_ASSETS: ASSETS } = process.env;
const START_MS = 60_000;
const PETRA = ['--as', 'petra', '--as-group', 'system:masters'];

/** A real API server without controllers. */
export interface Kubernetes {
  cluster: RegisteredCluster;
  /** `kubectl` of Petra, an administrator of the cluster who is not Callboard: what it prints, whether it ends well or not. */
  kubectl(...words: string[]): Promise<string>;
  stop(): Promise<void>;
}

/** Whether this machine has a Kubernetes to start; `test/README.md` says what that takes. */
export const HAS_KUBERNETES = START !== undefined && ASSETS !== undefined;

export async function startKubernetes(
  of: Pick<
    Parameters<typeof kubeconfigSource>[0][number],
    'name' | 'blueprint' | 'livenessDeadlineMs'
  >,
): Promise<Kubernetes> {
  const child = spawn(
    process.execPath,
    [START ?? '', '--bare', '--with-parent'],
    { stdio: ['pipe', 'pipe', 'inherit'] },
  );
  const exited = new Promise<void>(resolve =>
    child.once('exit', () => resolve()),
  );
  const line = await new Promise<string>((resolve, reject) => {
    const timer = setTimeout(
      () => reject(new Error('Kubernetes was not ready in time')),
      START_MS,
    );
    void exited.then(() =>
      reject(new Error('Kubernetes ended before it was ready')),
    );
    createInterface(child.stdout).once('line', first => {
      clearTimeout(timer);
      resolve(first);
    });
  });
  const { kubeconfig } = JSON.parse(line) as { kubeconfig: string };
  const [cluster] = await kubeconfigSource([
    { ...of, kubeconfig: { file: kubeconfig } },
  ]).listClusters();
  return {
    cluster,
    kubectl: async (...words) => {
      const all = ['--kubeconfig', kubeconfig, ...PETRA, ...words];
      try {
        const { stdout, stderr } = await promisify(execFile)(
          join(ASSETS ?? '', 'kubectl'),
          all,
        );
        return stdout + stderr;
      } catch (error) {
        return String((error as { stderr?: unknown }).stderr);
      }
    },
    stop: async () => {
      child.kill('SIGTERM');
      await exited;
    },
  };
}
