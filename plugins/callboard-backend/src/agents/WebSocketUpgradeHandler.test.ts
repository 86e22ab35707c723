import http from 'node:http';
import type { AddressInfo } from 'node:net';
import { createServer } from 'node:http';
import express from 'express';
import { WebSocket, WebSocketServer } from 'ws';
import { WebSocketUpgradeHandler } from './WebSocketUpgradeHandler';
import { selfProbe } from './selfProbe';

const PATH = '/api/callboard/agents/connect';

/** A portal with our routes and those of a plugin that finds the server as signals-backend does. */
async function startPortal() {
  const ours: string[] = [];
  const passedOn: string[] = [];
  const sockets = new WebSocketServer({ noServer: true });
  const catcher = new WebSocketUpgradeHandler(
    PATH,
    (request, socket, head) => {
      ours.push(request.url ?? '');
      sockets.handleUpgrade(request, socket, head, ws => ws.send('hub'));
    },
    { unansweredMs: 300 },
  );
  const app = express();
  app.use('/api/callboard', catcher.middleware);
  let isListening = false;
  app.use('/api/signals', (req, res) => {
    if (req.headers.upgrade && !isListening) {
      isListening = true;
      const { server } = req.socket as unknown as { server: http.Server };
      server.on('upgrade', async (request, socket, head) => {
        if (request.url !== '/api/signals') return;
        await fetch(`http://${request.headers.host}/api/auth`); // authentication takes its time
        sockets.handleUpgrade(request, socket, head, ws => ws.send('signals'));
      });
      return; // it leaves this one unanswered
    }
    passedOn.push(req.url);
    res.status(404).end();
  });
  const server = createServer(app);
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const url = `127.0.0.1:${port}`;
  const say = (path: string) =>
    new Promise<string>(resolve => {
      const socket = new WebSocket(`ws://${url}${path}`);
      socket.on('message', data => {
        resolve(String(data));
        socket.terminate();
      });
      socket.on('unexpected-response', (_, response) =>
        resolve(String(response.statusCode)),
      );
      socket.on('error', () => undefined);
    });
  const stop = async () => {
    catcher.close();
    server.closeAllConnections();
    await new Promise(resolve => server.close(resolve));
  };
  return { catcher, ours, passedOn, url, say, stop, server };
}

let portal: Awaited<ReturnType<typeof startPortal>>;
beforeEach(async () => {
  portal = await startPortal();
});
afterEach(() => portal.stop());

it('takes upgrades of its path, and no others, after one request of its own', async () => {
  expect(portal.catcher.hasServer).toBe(false);
  await selfProbe(`http://${portal.url}${PATH}`);
  expect(portal.catcher.hasServer).toBe(true);
  expect(await portal.say(PATH)).toBe('hub');
  expect(portal.ours).toEqual([PATH]);
});

it('lets another plugin find the server in its first upgrade, which is answered', async () => {
  await selfProbe(`http://${portal.url}${PATH}`);
  expect(await portal.say('/api/signals')).toBe('signals');
  expect(await portal.say('/api/signals')).toBe('signals');
  expect(portal.passedOn).toEqual([]); // what is taken goes through no route
  expect(await portal.say(PATH)).toBe('hub');
});

it('does so beside a listener that only watches', async () => {
  const seen: Array<string | undefined> = [];
  portal.server.on('upgrade', request => seen.push(request.url));
  await selfProbe(`http://${portal.url}${PATH}`);
  expect(await portal.say('/api/signals')).toBe('signals');
  expect(await portal.say(PATH)).toBe('hub');
  expect(seen).toEqual(['/api/signals', PATH]);
});

it('takes its own where the other plugin was first', async () => {
  const first = portal.say('/api/signals'); // finds the server, stays unanswered as without us
  await waitFor(() => portal.server.listenerCount('upgrade') === 1);
  await selfProbe(`http://${portal.url}${PATH}`);
  expect(await portal.say(PATH)).toBe('hub');
  expect(await portal.say('/api/signals')).toBe('signals');
  portal.server.closeAllConnections();
  void first;
});

it('answers what nobody takes as the routes do', async () => {
  await selfProbe(`http://${portal.url}${PATH}`);
  expect(await portal.say('/api/nobody')).toBe('404');
  expect(await portal.say('/api/signals')).toBe('signals');
  expect(await portal.say('/api/nobody')).toBe('404'); // once the other listener had its time
  expect(await portal.say('/api/signals')).toBe('signals');
});

it('lets go of the server when the plugin ends', async () => {
  await selfProbe(`http://${portal.url}${PATH}`);
  portal.catcher.close();
  expect(portal.server.listenerCount('upgrade')).toBe(0);
  expect(await portal.say('/api/nobody')).toBe('404');
});

it('does not mind that nobody answers', async () => {
  await selfProbe('http://127.0.0.1:1/');
  expect(portal.catcher.hasServer).toBe(false);
});

async function waitFor(isSo: () => boolean): Promise<void> {
  while (!isSo()) await new Promise(resolve => setImmediate(resolve));
}
