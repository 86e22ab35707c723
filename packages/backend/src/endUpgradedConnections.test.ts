import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { once } from 'node:events';
import { WebSocket, WebSocketServer } from 'ws';
import { endUpgradedConnections } from './endUpgradedConnections';

it('ends WebSockets and idle connections, takes none again, and lets answers finish', async () => {
  const hooks: Array<() => void> = [];
  let finish = () => {};
  const server = createServer((_request, response) => {
    finish = () => response.end('done');
    response.flushHeaders();
  });
  endUpgradedConnections(server, { addShutdownHook: hook => hooks.push(hook) });
  expect(server.listenerCount('upgrade')).toBe(0); // else no plugin finds the server
  const sockets = new WebSocketServer({ noServer: true });
  server.on('upgrade', (request, socket, head) =>
    sockets.handleUpgrade(request, socket, head, () => {}),
  );
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const open = new WebSocket(`ws://127.0.0.1:${port}`);
  await once(open, 'open');
  const answer = await fetch(`http://127.0.0.1:${port}`);

  hooks.forEach(hook => hook());
  await once(open, 'close');
  const late = new WebSocket(`ws://127.0.0.1:${port}`);
  await once(late, 'error');
  finish();
  expect(await answer.text()).toBe('done');
  server.close();
  server.closeIdleConnections();
  await once(server, 'close');
});
