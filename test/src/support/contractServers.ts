import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { SimFleet } from '@callboard/sim';
import { type RunningApiServer, startApiServer } from './startApiServer';

/** An API server that the contract is held against. */
export interface ContractServer {
  name: 'simulated' | 'real';
  start(): Promise<RunningApiServer>;
}

const TOKEN = 'contract';
const assets = process.env.KUBEBUILDER_ASSETS;

/** The simulated one always; the real one where `KUBEBUILDER_ASSETS` names its programs. */
export const CONTRACT_SERVERS: readonly ContractServer[] = [
  { name: 'simulated', start: startSimulated },
  ...(assets === undefined
    ? []
    : [{ name: 'real' as const, start: () => startApiServer(assets) }]),
];

/** Said once per suite, so that nobody takes half a contract for a whole one. */
export function reportSkippedServers(): void {
  if (assets !== undefined) return;
  process.stderr.write(
    'Contract held against the simulated API server only: set KUBEBUILDER_ASSETS to a folder with etcd and kube-apiserver for the real one\n',
  );
}

async function startSimulated(): Promise<RunningApiServer> {
  const fleet = await SimFleet.listen();
  fleet.addCluster({ name: 'contract', token: TOKEN, nodes: [], isBare: true });
  const directory = mkdtempSync(join(tmpdir(), 'callboard-sim-'));
  const kubeconfig = join(directory, 'kubeconfig');
  writeFileSync(kubeconfig, JSON.stringify(fleet.kubectlConfig('contract')), {
    mode: 0o600,
  });
  return {
    url: fleet.urlOf('contract'),
    token: TOKEN,
    kubeconfig,
    stop: async () => {
      await fleet.close();
      rmSync(directory, { recursive: true, force: true });
    },
  };
}
