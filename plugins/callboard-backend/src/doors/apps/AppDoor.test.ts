import { ConfigReader } from '@backstage/config';
import express from 'express';
import { type Server, createServer, request } from 'node:http';
import type { AddressInfo } from 'node:net';
import { WebSocket, WebSocketServer } from 'ws';
import { guardDoors } from '../guardDoors';
import { AppDoor } from './AppDoor';

const open: Server[] = [];

afterEach(async () => {
  for (const server of open.splice(0)) {
    server.closeAllConnections();
    await new Promise(done => server.close(done));
  }
});

async function listen(server: Server): Promise<string> {
  await new Promise<void>(done => server.listen(0, '127.0.0.1', done));
  open.push(server);
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

/** An instance of an app; it says what it was asked. */
function startInstance(name: string): Promise<string> {
  const server = createServer((req, res) => {
    let body = '';
    req.on('data', chunk => (body += chunk));
    req.on('end', () => {
      res.setHeader('set-cookie', 'cart=1; Domain=dev.localhost; Path=/');
      const { method, url, headers } = req;
      res.end(JSON.stringify({ name, method, url, headers, body }));
    });
  });
  const sockets = new WebSocketServer({ server });
  sockets.on('connection', one =>
    one.on('message', data => one.send(`${name} heard ${data}`)),
  );
  return listen(server);
}

async function startPortal(addresses: readonly string[]) {
  const app = express();
  const server = createServer(app);
  const appDoor = new AppDoor();
  const config = new ConfigReader({
    backend: { baseUrl: 'http://localhost:7007' },
    callboard: { playground: { enabled: true } },
  });
  guardDoors({ app, server, config, appDoor });
  server.on('upgrade', (_request, socket) => socket.end()); // of plugins; Node.js asks nobody without one
  app.use((_req, res) => {
    res.end('portal');
  });
  appDoor.answerFrom({
    find: async of =>
      of.app === 'shop' && of.environment === 'dev' ? addresses : [],
    pageOf: name => `http://localhost:7007/callboard/apps/${name}`,
  });
  const { port } = new URL(await listen(server));
  return { appDoor, port };
}

interface Answer {
  status?: number;
  headers: Record<string, unknown>;
  body: string;
}

function send(
  port: string,
  host: string,
  {
    method = 'GET',
    path = '/',
    body,
    headers = {},
  }: {
    method?: string;
    path?: string;
    body?: string;
    headers?: Record<string, string>;
  } = {},
) {
  return new Promise<Answer>((done, fail) => {
    const call = request(
      {
        host: '127.0.0.1',
        port,
        method,
        path,
        headers: { host, ...headers },
        agent: false,
      },
      response => {
        let text = '';
        response.on('data', chunk => (text += chunk));
        response.on('end', () =>
          done({
            status: response.statusCode,
            headers: response.headers,
            body: text,
          }),
        );
      },
    );
    call.on('error', fail);
    call.end(body);
  });
}

describe('names of apps', () => {
  it('lead to every cluster in turn, and leave the portal alone', async () => {
    const { port, appDoor } = await startPortal([
      await startInstance('eu'),
      await startInstance('us'),
    ]);
    const names: string[] = [];
    for (let n = 0; n < 4; n += 1) {
      const { body } = await send(port, 'shop.dev.localhost');
      names.push(JSON.parse(body).name);
    }
    expect(names).toEqual(['eu', 'us', 'eu', 'us']);
    expect(await send(port, 'localhost')).toMatchObject({ body: 'portal' });
    expect(appDoor.urlOf({ app: 'shop', environment: 'dev' })).toBe(
      'http://shop.dev.localhost:7007',
    );
  });

  it('pass on what was sent, and nothing that a caller says of others', async () => {
    const { port } = await startPortal([await startInstance('eu')]);
    const answer = await send(port, 'shop.dev.localhost:7007', {
      method: 'POST',
      path: '/orders?new=1',
      body: 'two shoes',
      headers: {
        'x-forwarded-for': '192.0.2.7',
        'x-forwarded-host': 'bank.example',
        origin: 'http://shop.dev.localhost:7007',
      },
    });
    expect(JSON.parse(answer.body)).toMatchObject({
      method: 'POST',
      url: '/orders?new=1',
      body: 'two shoes',
      headers: {
        host: 'shop.dev.localhost:7007',
        'x-forwarded-for': expect.stringContaining('127.0.0.1'),
        'x-forwarded-host': 'shop.dev.localhost:7007',
        'x-forwarded-proto': 'http',
      },
    });
    expect(answer.headers['set-cookie']).toEqual(['cart=1; Path=/']);
    expect(answer.headers['x-powered-by']).toBeUndefined();
  });

  it('open WebSockets', async () => {
    const { port } = await startPortal([await startInstance('eu')]);
    const socket = new WebSocket(`ws://127.0.0.1:${port}/live`, {
      headers: { host: 'shop.dev.localhost' },
    });
    const heard = new Promise(done =>
      socket.on('message', data => done(String(data))),
    );
    socket.on('open', () => socket.send('hello'));
    expect(await heard).toBe('eu heard hello');
    socket.terminate();
  });

  it('go on where a cluster does not answer', async () => {
    const gone = await startInstance('gone');
    const { port } = await startPortal([gone, await startInstance('us')]);
    const [server] = open.splice(0, 1);
    await new Promise(done => server.close(done));
    for (let n = 0; n < 2; n += 1) {
      const { body } = await send(port, 'shop.dev.localhost');
      expect(JSON.parse(body).name).toBe('us');
    }
  });

  it('say why nothing answers, to people and to programs', async () => {
    const { port } = await startPortal([]);
    const page = await send(port, 'shop.dev.localhost', {
      headers: { accept: 'text/html,*/*' },
    });
    expect(page.status).toBe(503);
    expect(page.body).toContain('shop does not answer in dev');
    expect(page.body).toContain('http://localhost:7007/callboard/apps/shop');
    const problem = await send(port, 'other.dev.localhost', {
      method: 'POST',
      body: 'x'.repeat(100_000),
    });
    expect(JSON.parse(problem.body)).toMatchObject({
      code: 'app-not-running',
      next: expect.stringContaining('app’s page'),
    });
  });

  it('ask nothing outside of this machine, whatever a cluster says of itself', async () => {
    const { port } = await startPortal([
      'http://169.254.169.254',
      'https://portal.example.com',
      'http://127.0.0.1.evil.example',
    ]);
    const answer = await send(port, 'shop.dev.localhost');
    expect(JSON.parse(answer.body).code).toBe('app-not-running');
  });

  it('refuse the pages of apps what only pages of the portal may do', async () => {
    const { port } = await startPortal([]);
    const answer = await send(port, 'localhost', {
      method: 'POST',
      headers: { origin: 'http://shop.dev.localhost:7007' },
    });
    expect(JSON.parse(answer.body).code).toBe('origin-foreign');
  });
});
