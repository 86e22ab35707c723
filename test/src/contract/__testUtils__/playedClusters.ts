import { readFileSync } from 'node:fs';
import { SimFleet } from '@callboard/sim';
import { parse } from 'yaml';
import {
  findObstacle,
  startCluster,
} from '../../real/__testUtils__/startCluster';

/** A whole cluster of two nodes, on which only what happens inside pods is played. */
export interface PlayedCluster {
  url: string;
  token: string;
  stop(): Promise<void>;
}

const TOKEN = 'contract';

/** The simulated one always; one with the real controllers where this machine can start it. */
export const PLAYED_CLUSTERS: ReadonlyArray<{
  name: 'simulated' | 'real';
  start(): Promise<PlayedCluster>;
}> = [
  { name: 'simulated', start: startSimulated },
  ...(findObstacle('played') === undefined
    ? [{ name: 'real' as const, start: startReal }]
    : []),
];

async function startSimulated(): Promise<PlayedCluster> {
  const fleet = await SimFleet.listen();
  fleet.addCluster({
    name: 'contract',
    token: TOKEN,
    nodes: ['node-0', 'node-1'].map(name => ({
      name,
      cpu: '4',
      memory: '8Gi',
    })),
  });
  return {
    url: fleet.urlOf('contract'),
    token: TOKEN,
    stop: () => fleet.close(),
  };
}

async function startReal(): Promise<PlayedCluster> {
  const { kubeconfig, server, stop } = await startCluster('played');
  const { users } = parse(readFileSync(kubeconfig, 'utf8')) as {
    users: Array<{ user: { token: string } }>;
  };
  return { url: server, token: users[0].user.token, stop };
}
