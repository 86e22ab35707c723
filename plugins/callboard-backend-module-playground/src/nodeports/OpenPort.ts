import { type Server, type Socket, createServer } from 'node:net';
import { type Address, openConnection } from '@callboard/sim';

/** A port that is open on loopback; without a target until a service takes it. */
export class OpenPort {
  readonly #server: Server;
  readonly #sockets = new Set<Socket>();
  /** Called per connection. */
  target: (() => Address | undefined) | undefined;

  constructor(server: Server) {
    this.#server = server;
    server.on('connection', socket => this.#relay(socket));
  }

  dropConnections(): void {
    this.#sockets.forEach(socket => socket.destroy());
  }

  async close(): Promise<void> {
    this.dropConnections();
    await new Promise(resolve => this.#server.close(resolve));
  }

  /** Forwards a connection to the current target; closes it without one. */
  #relay(socket: Socket): void {
    const target = this.target?.();
    if (!target) {
      socket.destroy();
      return;
    }
    this.#keep(socket);
    socket.on('error', () => socket.destroy());
    openConnection(target).then(
      upstream => this.#join(socket, upstream),
      () => socket.destroy(),
    );
  }

  #join(socket: Socket, upstream: Socket): void {
    this.#keep(upstream);
    upstream.on('error', () => socket.destroy());
    socket.on('close', () => upstream.destroy());
    upstream.on('close', () => socket.destroy());
    if (socket.destroyed) upstream.destroy();
    else socket.pipe(upstream).pipe(socket);
  }

  #keep(socket: Socket): void {
    this.#sockets.add(socket);
    socket.on('close', () => this.#sockets.delete(socket));
  }
}

/** Opens a port; undefined when that fails. */
export async function openPort(port: number): Promise<OpenPort | undefined> {
  const server = createServer();
  const listens = await new Promise<boolean>(resolve => {
    server.once('error', () => resolve(false));
    server.listen(port, '127.0.0.1', () => resolve(true));
  });
  return listens ? new OpenPort(server) : undefined;
}
