/*
 * The least that leads through a connection which was dialed out: bytes are
 * piped, nothing is framed, so each connection of a client needs one of its own.
 *
 *   hub ◀══TLS══ relay agent ══TLS══▶ API server
 */
import http from 'node:http';
import https from 'node:https';
import type { AddressInfo } from 'node:net';
import tls from 'node:tls';

const SPARE = 2; // connections that wait for a client

export interface RelayAgentInput {
  hubPort: number;
  targetPort: number;
  ca: string;
  /** Reads each request and sends it on, as everything must that refuses some. */
  readsRequests: boolean;
}

/** Dials out, and leads each connection to the API server. */
export function runRelayAgent(input: RelayAgentInput): void {
  const { hubPort, targetPort, ca, readsRequests } = input;
  const dial = (port: number) =>
    tls
      .connect({ host: '127.0.0.1', port, ca, minVersion: 'TLSv1.3' })
      .setNoDelay(true);
  const server = readsRequests ? openProxy(targetPort, ca) : undefined;
  for (let i = 0; i < SPARE; i++) {
    if (server) server.emit('connection', dial(hubPort));
    else join(dial(hubPort), dial(targetPort));
  }
}

function openProxy(port: number, ca: string): http.Server {
  const agent = new https.Agent({ keepAlive: true, ca });
  return http.createServer(
    { keepAliveTimeout: 600_000 },
    ({ method, url: path, headers }, answer) => {
      https
        .request(
          { agent, host: '127.0.0.1', port, method, path, headers },
          response => {
            answer.writeHead(response.statusCode ?? 502, response.headers);
            response.pipe(answer);
          },
        )
        .on('error', () => answer.destroy())
        .end();
    },
  );
}

/** The hub's end of the relay: takes the agent's connections. */
export class RelayHub {
  readonly #server: tls.Server;
  readonly #waiting: tls.TLSSocket[] = [];

  constructor(certificate: { key: string; cert: string }) {
    this.#server = tls.createServer(
      { ...certificate, minVersion: 'TLSv1.3' },
      socket => this.#waiting.push(socket.setNoDelay(true)),
    );
  }

  async listen(): Promise<number> {
    await new Promise<void>(resolve =>
      this.#server.listen(0, '127.0.0.1', resolve),
    );
    return (this.#server.address() as AddressInfo).port;
  }

  get isReady(): boolean {
    return this.#waiting.length === SPARE;
  }

  take(): tls.TLSSocket {
    const socket = this.#waiting.shift();
    if (socket === undefined) throw new Error('No connection is left');
    return socket;
  }

  close(): void {
    this.#server.close();
  }
}

/** A relay's hub as a process of its own: clients dial it over TLS too. @returns its two ports */
export async function runRelayHub(certificate: {
  key: string;
  cert: string;
}): Promise<{ agentPort: number; clientPort: number }> {
  const hub = new RelayHub(certificate);
  // The client's TLS ends at the API server's certificate only when it is direct; here it ends at the hub.
  const clients = tls.createServer(
    { ...certificate, minVersion: 'TLSv1.3' },
    socket => join(socket.setNoDelay(true), hub.take()),
  );
  await new Promise<void>(resolve => clients.listen(0, '127.0.0.1', resolve));
  return {
    agentPort: await hub.listen(),
    clientPort: (clients.address() as AddressInfo).port,
  };
}

function join(one: tls.TLSSocket, other: tls.TLSSocket): void {
  one.pipe(other).pipe(one);
  for (const [from, to] of [
    [one, other],
    [other, one],
  ])
    from.on('error', () => to.destroy());
}
