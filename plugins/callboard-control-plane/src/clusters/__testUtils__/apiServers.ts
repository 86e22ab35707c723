import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import type { RegisteredCluster } from '../ClusterSource';
import { kubeconfigSource } from '../https/kubeconfigSource';

export interface StartedApiServer {
  cluster: RegisteredCluster;
  stop(): Promise<void>;
}

export interface ApiServerKind {
  kind: string;
  /** `describe`, or `describe.skip` where this machine lacks it. */
  describeOn: typeof describe | typeof describe.skip;
  start(): Promise<StartedApiServer>;
}

const START_MS = 60_000;

/**
 * API servers that tests of this package run against. The real one needs
 * CALLBOARD_K8S_START, the path of a program that starts a Kubernetes
 * (`test/README.md` says what it must print).
 */
export function listApiServers(): ApiServerKind[] {
  const program = process.env.CALLBOARD_K8S_START;
  return [
    program === undefined
      ? {
          kind: 'real (skipped: CALLBOARD_K8S_START is not set)',
          describeOn: describe.skip,
          start: () => Promise.reject(new Error('CALLBOARD_K8S_START is not set')),
        }
      : { kind: 'real', describeOn: describe, start: () => startReal(program) },
  ];
}

async function startReal(program: string): Promise<StartedApiServer> {
  const child = spawn(process.execPath, [program, '--bare', '--with-parent'], { stdio: ['pipe', 'pipe', 'inherit'] });
  const exited = new Promise<void>(resolve => child.once('exit', () => resolve()));
  const line = await new Promise<string>((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error(`${program} did not get ready in time`)), START_MS);
    void exited.then(() => reject(new Error(`${program} ended before it was ready`)));
    createInterface(child.stdout).once('line', first => {
      clearTimeout(timer);
      resolve(first);
    });
  });
  const { kubeconfig } = JSON.parse(line) as { kubeconfig: string };
  const source = kubeconfigSource([{ name: 'real', kubeconfig: { file: kubeconfig } }]);
  const [cluster] = await source.listClusters();
  return {
    cluster,
    stop: async () => {
      child.kill('SIGTERM');
      await exited;
    },
  };
}
