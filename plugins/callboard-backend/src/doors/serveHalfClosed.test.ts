import { once } from 'node:events';
import {
  type IncomingMessage,
  type Server,
  type ServerResponse,
  createServer,
} from 'node:http';
import { type AddressInfo, type Socket, connect } from 'node:net';
import { text } from 'node:stream/consumers';
import { serveHalfClosed } from './serveHalfClosed';

let server: Server;

async function serve(
  answer: (req: IncomingMessage, res: ServerResponse) => void,
  stillMs?: number,
): Promise<Socket> {
  server = createServer(answer);
  serveHalfClosed(server, stillMs);
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return connect({ port, host: '127.0.0.1', allowHalfOpen: true });
}

const REQUEST = 'POST /thing HTTP/1.1\r\nHost: localhost\r\n';

afterEach(async () => {
  server.closeAllConnections();
  await new Promise(done => server.close(done));
});

describe('a client that shuts its sending side', () => {
  it('gets an answer that comes later, and the connection ends with it', async () => {
    const client = await serve((req, res) => {
      req.resume();
      req.socket.once('end', () => setImmediate(() => res.end('done')));
    });
    client.end(`${REQUEST}Content-Length: 2\r\n\r\n{}`);
    expect(await text(client)).toMatch(/^HTTP\/1\.1 200 OK[^]*done/);
  });

  it('gets the answers to all that it asked before', async () => {
    const client = await serve((req, res) => {
      req.resume();
      setImmediate(() => res.end('done'));
    });
    client.end(`${REQUEST}\r\n${REQUEST}\r\n`);
    expect((await text(client)).match(/200 OK/g)).toHaveLength(2);
  });

  it('gets none to half a request, and holds nothing', async () => {
    const client = await serve((_req, res) => res.end('done'));
    client.end(`${REQUEST}Content-Le`);
    expect(await text(client)).toMatch(/^(HTTP\/1\.1 400|$)/);
  });

  it('is cut off when it takes nothing', async () => {
    let gone = () => {};
    const isGone = new Promise<void>(resolve => {
      gone = resolve;
    });
    const client = await serve((req, res) => {
      res.once('close', gone);
      req.resume();
      const fill = () => {
        while (res.write(Buffer.alloc(1_000_000)));
        res.once('drain', fill);
      };
      fill();
    }, 100);
    client.pause();
    client.end(`${REQUEST}\r\n`);
    await isGone;
    expect(client.bytesRead).toBeLessThan(10_000_000);
    client.destroy();
  });
});
