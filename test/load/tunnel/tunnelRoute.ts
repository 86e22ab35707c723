import https from 'node:https';
import type { AddressInfo } from 'node:net';
/* eslint-disable @backstage/no-relative-monorepo-imports */
import { TunnelHub } from '../../../plugins/callboard-clusters-node/src/tunnel/TunnelHub';
import { TunnelTransport } from '../../../plugins/callboard-clusters-node/src/tunnel/TunnelTransport';
/* eslint-enable @backstage/no-relative-monorepo-imports */
import { countingRegistry } from './countingRegistry';
import type { StallingRoute } from './Route';

export interface TunnelRouteInput {
  tls: { key: string; cert: string };
  identity: { privateKey: string; publicKey: string };
  agentKey: string;
  cluster: string;
}

/** The portal's end of the tunnel, as the portal has it: in the process that asks. */
export async function openTunnelRoute(
  name: string,
  { tls, identity, agentKey, cluster }: TunnelRouteInput,
): Promise<StallingRoute & { port: number; isConnected(): boolean }> {
  const server = https.createServer({ ...tls, minVersion: 'TLSv1.3' });
  const hub = new TunnelHub({
    identity,
    registry: countingRegistry(agentKey, { reads: 0, writes: 0 }),
  });
  server.on('upgrade', (request, socket, head) =>
    hub.handleUpgrade(request, socket, head),
  );
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
  const transport = new TunnelTransport(hub, cluster);
  const open = async (path: string, signal: AbortSignal) => {
    const answer = await transport.send({ method: 'GET', path, signal });
    if (answer.status !== 200) throw new Error(`Answered ${answer.status}`);
    return answer.body;
  };
  return {
    name,
    port: (server.address() as AddressInfo).port,
    isConnected: () => hub.connected().includes(cluster),
    read: async path => {
      let bytes = 0;
      for await (const chunk of await open(path, new AbortController().signal))
        bytes += chunk.byteLength;
      return bytes;
    },
    stall: async path => {
      const giveUp = new AbortController();
      const body = await open(path, giveUp.signal);
      await body[Symbol.asyncIterator]().next();
      return () => giveUp.abort();
    },
    close: async () => {
      await hub.close();
      server.close();
    },
  };
}
