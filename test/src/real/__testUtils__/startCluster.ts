import { spawn, spawnSync } from 'node:child_process';
import { createInterface } from 'node:readline';

/** A Kubernetes that runs on this machine until it is stopped. */
export interface StartedCluster {
  kubeconfig: string;
  server: string;
  /** Where it keeps its files. */
  dir: string;
  /** `host:port` of its image registry; only of clusters with a real node. */
  registry?: string;
  /** Address of its node, where node ports answer; only of clusters with a real node. */
  node?: string;
  /** Address of this machine as the cluster reaches it; only of clusters with a real node. */
  hub?: string;
  /** Its network namespace, as `ip netns` names it; only of clusters with a real node. */
  namespace?: string;
  /** Silences its link: packets vanish. Only of clusters with a real node. */
  cut?(): void;
  mend?(): void;
  stop(): Promise<void>;
}

/** `played`: real control plane, nodes that only say that pods run. `real`: a node where they run. */
export type Mode = 'bare' | 'played' | 'real';

const READY_MS = 120_000;

/** Why clusters of this mode cannot be started here; undefined when they can. */
export function findObstacle(mode: Mode): string | undefined {
  if (process.env.CALLBOARD_K8S_START === undefined)
    return 'CALLBOARD_K8S_START is not set';
  if (mode !== 'real') return undefined;
  if (process.getuid?.() !== 0) return 'a real node needs root';
  const missing = ['runc', 'iptables', 'ip'].filter(
    tool => spawnSync('which', [tool]).status !== 0,
  );
  return missing.length > 0
    ? `a real node needs ${missing.join(', ')}`
    : undefined;
}

/** Starts one through the program in CALLBOARD_K8S_START. It ends with the test, also when that is killed. */
export async function startCluster(mode: Mode): Promise<StartedCluster> {
  const program = process.env.CALLBOARD_K8S_START ?? '';
  const how = mode === 'played' ? ['--played', '2'] : [`--${mode}`];
  const child = spawn(process.execPath, [program, ...how, '--with-parent'], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  const exited = new Promise<void>(resolve =>
    child.once('exit', () => resolve()),
  );
  const line = await new Promise<string>((resolve, reject) => {
    const timer = setTimeout(
      () => reject(new Error(`${program} was not ready within ${READY_MS} ms`)),
      READY_MS,
    );
    void exited.then(() =>
      reject(new Error(`${program} ended before it was ready`)),
    );
    createInterface(child.stdout).once('line', first => {
      clearTimeout(timer);
      resolve(first);
    });
  });
  const started = JSON.parse(line) as Record<
    | 'kubeconfig'
    | 'server'
    | 'dir'
    | 'registry'
    | 'node'
    | 'hub'
    | 'namespace'
    | 'cut'
    | 'mend',
    string
  >;
  const { kubeconfig, server, registry, node, cut, mend } = started;
  const { dir, hub, namespace } = started;
  return {
    kubeconfig,
    server,
    dir,
    ...(registry !== undefined && { registry }),
    ...(node !== undefined && { node }),
    ...(hub !== undefined && { hub }),
    ...(namespace !== undefined && { namespace }),
    ...(cut !== undefined && {
      cut: () => runCommand(cut),
      mend: () => runCommand(mend),
    }),
    stop: async () => {
      child.kill('SIGTERM');
      await exited;
    },
  };
}

function runCommand(command: string): void {
  const { status, stderr } = spawnSync('sh', ['-c', command], {
    encoding: 'utf8',
  });
  if (status !== 0) throw new Error(`${command}: ${stderr}`);
}
