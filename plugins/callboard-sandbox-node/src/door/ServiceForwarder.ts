import { type Server, type Socket, createServer } from 'node:net';
import type { OtherUser } from '../otherUser';
import { listenAt } from './listenAt';

const MAX_CONNECTIONS = 100; // per process of pushed code and service

/** Opens a connection to a service; rejects when nothing is ready. */
export type OpenService = () => Promise<Socket>;

/**
 * Forwards connections of pushed code to one service and to nothing else. A
 * sandbox gets a Unix socket, which its helper offers on an address of the
 * sandbox's loopback; without a sandbox it is a port of this machine.
 */
export class ServiceForwarder {
  readonly #server: Server;
  readonly #open: OpenService;
  readonly #sockets = new Set<Socket>();

  /**
   * @param options.user - may connect, in addition to this process; undefined
   *   when it runs as our own user
   */
  static async atPath(
    path: string,
    options: { user: OtherUser | undefined; open: OpenService },
  ): Promise<ServiceForwarder> {
    const forwarder = new ServiceForwarder(options.open);
    await listenAt(path, forwarder.#server, options.user);
    return forwarder;
  }

  /** Rejects with `EADDRINUSE` when the port is in use, with `EADDRNOTAVAIL` when the machine has no such address. */
  static async atPort(
    { host, port }: { host: string; port: number },
    open: OpenService,
  ): Promise<ServiceForwarder> {
    const forwarder = new ServiceForwarder(open);
    await new Promise<void>((resolve, reject) => {
      forwarder.#server.once('error', reject);
      forwarder.#server.listen({ host, port }, resolve);
    });
    return forwarder;
  }

  private constructor(open: OpenService) {
    this.#open = open;
    this.#server = createServer(socket => {
      this.#join(socket).catch(() => socket.destroy());
    });
    this.#server.maxConnections = MAX_CONNECTIONS;
  }

  async close(): Promise<void> {
    this.#sockets.forEach(socket => socket.destroy());
    await new Promise(resolve => this.#server.close(resolve));
  }

  async #join(socket: Socket): Promise<void> {
    this.#keep(socket);
    const upstream = this.#keep(await this.#open());
    if (socket.destroyed) {
      upstream.destroy();
      return;
    }
    socket.on('close', () => upstream.destroy());
    upstream.on('close', () => socket.destroy());
    socket.pipe(upstream).pipe(socket);
  }

  #keep(socket: Socket): Socket {
    this.#sockets.add(socket);
    socket.on('error', () => socket.destroy());
    socket.once('close', () => this.#sockets.delete(socket));
    return socket;
  }
}
