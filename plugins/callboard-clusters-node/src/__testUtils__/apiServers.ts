import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import type { RegisteredCluster } from '@callboard/plugin-callboard-node';
import { SimFleet } from '@callboard/sim';
import { kubeconfigSource } from '../https/kubeconfigSource';

export interface StartedApiServer {
  cluster: RegisteredCluster;
  stop(): Promise<void>;
}

export interface ApiServerKind {
  kind: string;
  /** `describe`, or `describe.skip` where this machine lacks it. */
  describeOn: typeof describe | typeof describe.skip;
  /** False where custom resources cannot be defined. */
  definesKinds: boolean;
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
    {
      kind: 'simulated',
      describeOn: describe,
      definesKinds: false,
      start: startSimulated,
    },
    program === undefined
      ? {
          kind: 'real (skipped: CALLBOARD_K8S_START is not set)',
          describeOn: describe.skip,
          definesKinds: true,
          start: () =>
            Promise.reject(new Error('CALLBOARD_K8S_START is not set')),
        }
      : {
          kind: 'real',
          describeOn: describe,
          definesKinds: true,
          start: () => startReal(program),
        },
  ];
}

async function startSimulated(): Promise<StartedApiServer> {
  const fleet = await SimFleet.listen();
  const token = 'of-the-simulated-cluster';
  fleet.addCluster({
    name: 'sim',
    nodes: [],
    token,
    bookmarkEveryMs: 2_000, // it sends none before it ends a watch, as a real server does
  });
  const source = kubeconfigSource([
    { name: 'sim', url: fleet.urlOf('sim'), token },
  ]);
  const [cluster] = await source.listClusters();
  return { cluster, stop: () => fleet.close() };
}

/** What the program says of the API server that it started. */
export interface ApiServerFacts {
  kubeconfig: string;
  server: string;
  /** Folder with `client-ca.crt` and `client-ca.key`: who they sign may sign in. */
  dir: string;
}

/** Starts etcd and an API server. */
export async function startRealApiServer(
  program: string,
): Promise<{ facts: ApiServerFacts; stop(): Promise<void> }> {
  const child = spawn(process.execPath, [program, '--bare', '--with-parent'], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  const exited = new Promise<void>(resolve =>
    child.once('exit', () => resolve()),
  );
  const line = await new Promise<string>((resolve, reject) => {
    const timer = setTimeout(
      () => reject(new Error(`${program} did not get ready in time`)),
      START_MS,
    );
    void exited.then(() =>
      reject(new Error(`${program} ended before it was ready`)),
    );
    createInterface(child.stdout).once('line', first => {
      clearTimeout(timer);
      resolve(first);
    });
  });
  return {
    facts: JSON.parse(line) as ApiServerFacts,
    stop: async () => {
      child.kill('SIGTERM');
      await exited;
    },
  };
}

async function startReal(program: string): Promise<StartedApiServer> {
  const { facts, stop } = await startRealApiServer(program);
  const source = kubeconfigSource([
    { name: 'real', kubeconfig: { file: facts.kubeconfig } },
  ]);
  const [cluster] = await source.listClusters();
  return { cluster, stop };
}
