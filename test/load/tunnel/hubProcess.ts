import https from 'node:https';
import type { AddressInfo, Socket } from 'node:net';
// The whole package would bring its database along, which is not measured here.
// eslint-disable-next-line @backstage/no-relative-monorepo-imports
import { TunnelHub } from '../../../plugins/callboard-clusters-node/src/tunnel/TunnelHub';
import { countingRegistry } from './countingRegistry';

/** What the hub's process is told and says, over IPC. */
export interface HubSetUp {
  tls: { key: string; cert: string };
  identity: { privateKey: string; publicKey: string };
  agentKey: string;
  port: number;
}

export type FromHubProcess =
  | { kind: 'listening'; port: number }
  | { kind: 'connected'; count: number; secondsSinceStart: number }
  | {
      kind: 'usage';
      cpuMs: number;
      bytes: number;
      writes: number;
      reads: number;
      links: number;
    };

/**
 * A hub in a process of its own. Its registry knows every agent by one key, in
 * memory, and counts what would go to the database.
 */
export async function runHubProcess(setUp: HubSetUp): Promise<void> {
  const counts = { reads: 0, writes: 0, connected: 0 };
  const startedAtMs = performance.now();
  const say = (message: FromHubProcess) => process.send?.(message);
  const server = https.createServer({ ...setUp.tls, minVersion: 'TLSv1.3' });
  const hub = new TunnelHub({
    identity: setUp.identity,
    registry: countingRegistry(setUp.agentKey, counts),
    onEvent: event => {
      if (event.kind !== 'connected') return;
      counts.connected += 1;
      say({
        kind: 'connected',
        count: counts.connected,
        secondsSinceStart: (performance.now() - startedAtMs) / 1000,
      });
    },
  });
  const sockets = new Set<Socket>();
  server.on('connection', socket => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
  });
  server.on('upgrade', (request, socket, head) =>
    hub.handleUpgrade(request, socket, head),
  );
  await new Promise<void>(resolve =>
    server.listen(setUp.port, '127.0.0.1', 2_048, resolve),
  );
  say({ kind: 'listening', port: (server.address() as AddressInfo).port });
  process.on('message', () => {
    const { user, system } = process.cpuUsage();
    say({
      kind: 'usage',
      cpuMs: (user + system) / 1000,
      // As on the wire, both ways, TLS included.
      bytes: [...sockets].reduce(
        (sum, each) => sum + each.bytesRead + each.bytesWritten,
        0,
      ),
      writes: counts.writes,
      reads: counts.reads,
      links: hub.connected().length,
    });
  });
}
