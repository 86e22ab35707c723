import { ConfigReader } from '@backstage/config';
import express from 'express';
import { execFile } from 'node:child_process';
import { once } from 'node:events';
import { type Server, createServer, request } from 'node:http';
import { type AddressInfo, type Socket, connect } from 'node:net';
import { promisify } from 'node:util';
import { watchPeers } from '@callboard/plugin-callboard-sandbox-node';
import { WebSocket, WebSocketServer } from 'ws';
import { guardDoors } from './guardDoors';

let server: Server;
let port: number;
let changes: number;

beforeEach(async () => {
  changes = 0;
  const app = express();
  server = createServer(app);
  const config = { backend: { baseUrl: 'http://portal.example.com' } };
  guardDoors({ app, server, config: new ConfigReader(config) });
  app.all('/thing', (_req, res) => {
    changes += 1;
    res.json({ changes });
  });
  const sockets = new WebSocketServer({ noServer: true });
  server.on('upgrade', (req, socket, head) =>
    sockets.handleUpgrade(req, socket, head, one => one.send('welcome')),
  );
  await new Promise<void>(done => server.listen(0, '127.0.0.1', done));
  ({ port } = server.address() as AddressInfo);
});

afterEach(async () => {
  server.closeAllConnections();
  await new Promise(done => server.close(done));
});

function send(method: string, headers: Record<string, string>) {
  return new Promise<{ status?: number; body: string }>((done, fail) => {
    const call = request(
      { host: '127.0.0.1', port, path: '/thing', method, headers },
      response => {
        let body = '';
        response.on('data', chunk => (body += chunk));
        response.on('end', () => done({ status: response.statusCode, body }));
      },
    );
    call.on('error', fail);
    call.end();
  });
}

function openSocket(headers: Record<string, string>): Promise<string> {
  return new Promise(done => {
    const socket = new WebSocket(`ws://127.0.0.1:${port}/api/x`, { headers });
    socket.on('message', data => {
      done(String(data));
      socket.terminate();
    });
    socket.on('unexpected-response', (_req, { statusCode }) =>
      done(`refused with ${statusCode}`),
    );
    socket.on('error', () => {});
  });
}

describe('doors of a portal', () => {
  it('sends a rebound name away before anything happens', async () => {
    const answer = await send('POST', { host: 'evil.example' });
    expect(answer.status).toBe(421);
    expect(JSON.parse(answer.body)).toMatchObject({
      code: 'host-unknown',
      next: expect.stringContaining('callboard.allowedHosts'),
    });
    expect(changes).toBe(0);
  });

  it('takes changes of its own pages and of programs only', async () => {
    const host = 'portal.example.com';
    const of = async (origin?: string) =>
      (await send('POST', { host, ...(origin && { origin }) })).status;
    expect(await of('http://evil.example')).toBe(403);
    expect(await of('null')).toBe(403);
    expect(changes).toBe(0);
    expect(await of('http://portal.example.com')).toBe(200);
    expect(await of()).toBe(200);
    expect(changes).toBe(2);
  });

  it('opens WebSockets to its own pages and to programs only', async () => {
    const host = 'portal.example.com';
    expect(await openSocket({ host })).toBe('welcome');
    expect(await openSocket({ host, origin: `http://${host}` })).toBe(
      'welcome',
    );
    expect(await openSocket({ host, origin: 'http://evil.example' })).toBe(
      'refused with 403',
    );
    expect(await openSocket({ host: 'evil.example' })).toBe('refused with 421');
  });
});

const describeAsRoot = process.getuid?.() === 0 ? describe : describe.skip;

describeAsRoot('doors where pushed code shares the network', () => {
  const users = { first: 299_000, last: 299_009 };
  let unwatch: () => void;
  beforeEach(() => {
    unwatch = watchPeers(users);
  });
  afterEach(() => unwatch());

  /** What a process of a user gets: the code of the answer to a request, and the one to an upgrade. */
  async function askAs(uid: number, host: string): Promise<string> {
    const script = `
      const { request } = require('node:http');
      const ask = headers => new Promise(done =>
        request({ host: '${host}', port: ${port}, path: '/thing', headers: { host: 'localhost', ...headers } })
          .on('response', r => done(r.statusCode)).on('upgrade', () => done(101)).on('error', e => done(e.code)).end());
      const upgrade = { connection: 'Upgrade', upgrade: 'websocket', 'sec-websocket-version': '13', 'sec-websocket-key': 'MDEyMzQ1Njc4OWFiY2RlZg==' };
      Promise.all([ask({}), ask(upgrade)]).then(all => { console.log(all.join(' ')); process.exit(); });
    `;
    const { stdout } = await promisify(execFile)(
      'setpriv',
      [`--reuid=${uid}`, '--clear-groups', process.execPath, '-e', script],
      { cwd: '/', env: {} },
    );
    return stdout.trim();
  }

  it('answers every user of the machine but those of pushed code', async () => {
    expect(await askAs(users.first, '127.0.0.1')).toBe('403 403');
    expect(await askAs(users.last, '127.0.0.1')).toBe('403 403');
    expect(await askAs(users.last + 1, '127.0.0.1')).toBe('200 101');
    expect(changes).toBe(1);
  });

  it('refuses a request whose sender has closed its socket', async () => {
    const { socket, closed } = await lateRequest();
    socket.destroy();
    await closed;
    expect(changes).toBe(0);
  });

  /** A request that arrives before anybody looked who sent it, which is looked up when it is gone. */
  async function lateRequest() {
    unwatch();
    const arrived = once(server, 'connection');
    const socket = connect(port, '127.0.0.1');
    const [peer] = (await arrived) as [Socket];
    unwatch = watchPeers(users);
    const closed = once(peer, 'close');
    socket.write('POST /thing HTTP/1.1\r\nHost: localhost\r\n\r\n');
    return { socket, closed };
  }
});
