import { once } from 'node:events';
import {
  type IncomingMessage,
  type Server,
  type ServerResponse,
  createServer,
} from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import { type AddressInfo, type Socket, connect } from 'node:net';
import { text } from 'node:stream/consumers';
import { connect as connectTls } from 'node:tls';
import { serveHalfClosed } from './serveHalfClosed';

// Where there is a navigator, node-forge takes itself to be in an old browser and
// needs seconds for a key. Node.js has one.
Object.defineProperty(globalThis, 'navigator', { value: undefined });
const { generate } =
  jest.requireActual<typeof import('selfsigned')>('selfsigned');
const { cert, private: key } = generate([{ name: 'commonName', value: 'a' }], {
  keySize: 2048,
  algorithm: 'sha256',
});

let server: Server;

type Answer = (req: IncomingMessage, res: ServerResponse) => void;
type Serve = (answer: Answer, stillMs?: number) => Promise<Socket>;

async function open(made: Server, stillMs?: number): Promise<number> {
  server = made;
  serveHalfClosed(server, stillMs);
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return (server.address() as AddressInfo).port;
}

const DOORS: Array<{ door: string; serve: Serve }> = [
  {
    door: 'without TLS',
    serve: async (answer, stillMs) => {
      const port = await open(createServer(answer), stillMs);
      return connect({ port, host: '127.0.0.1', allowHalfOpen: true });
    },
  },
  {
    door: 'with TLS',
    serve: async (answer, stillMs) => {
      const made = createTlsServer({ cert, key }, answer);
      const port = await open(made, stillMs);
      const options = {
        port,
        host: '127.0.0.1',
        rejectUnauthorized: false,
        allowHalfOpen: true, // types of Node.js do not know it here
      };
      const client = connectTls(options);
      await once(client, 'secureConnect');
      return client;
    },
  },
];

const REQUEST = 'POST /thing HTTP/1.1\r\nHost: localhost\r\n';

afterEach(async () => {
  server.closeAllConnections();
  await new Promise(done => server.close(done));
});

describe.each(DOORS)(
  'a client that shuts its sending side $door',
  ({ serve }) => {
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
  },
);
