import { type Server, type Socket, connect, createServer } from 'node:net';
import type { NodePortHost } from '@callboard/sim';

type Target = () => { host: string; port: number } | undefined;

/** A port that is open on this machine; nobody is behind it until a service takes it. */
interface OpenPort {
  server: Server;
  target?: Target;
  sockets: Set<Socket>;
}

/**
 * Node ports of the simulated clusters, really open on loopback. All ports of a
 * range are opened at start, so that a service gets one at once and a port that
 * somebody else holds is never given out.
 */
export class LoopbackNodePorts implements NodePortHost {
  /** The first port of the block. */
  readonly first: number;
  readonly #ports: Map<number, OpenPort>;

  /**
   * Opens a block of ports: `first` and those that follow, or the next block that
   * nobody uses. Another portal on this machine has a whole block, so a block is
   * taken only when its very first port is free; other busy ports are left out.
   */
  static async open(options: {
    first: number;
    count: number;
    blocks: readonly number[];
  }): Promise<LoopbackNodePorts> {
    for (const first of [options.first, ...options.blocks]) {
      const guard = await openPort(first);
      if (!guard) continue;
      const ports = new Map([[first, guard]]);
      const others = Array.from(
        { length: options.count - 1 },
        (_, index) => first + 1 + index,
      );
      await Promise.all(
        others.map(async port => {
          const opened = await openPort(port);
          if (opened) ports.set(port, opened);
        }),
      );
      return new LoopbackNodePorts(first, ports);
    }
    throw new Error(
      `All node ports from ${options.first} on are taken. Stop another portal, or set callboard.playground.nodePortBase`,
    );
  }

  private constructor(first: number, ports: Map<number, OpenPort>) {
    this.first = first;
    this.#ports = ports;
  }

  reserve(input: {
    cluster: string;
    wanted?: number;
    range: [number, number];
    target: Target;
  }): number {
    const { cluster, wanted, range, target } = input;
    const [from, to] = range;
    const candidates = Array.from(
      { length: to - from + 1 },
      (_, index) => from + index,
    );
    const isFree = (port: number) =>
      this.#ports.has(port) && !this.#ports.get(port)?.target;
    const port = [
      ...(wanted === undefined ? [] : [wanted]),
      ...candidates,
    ].find(isFree);
    if (port === undefined) {
      throw new Error(`All node ports ${from}-${to} of ${cluster} are taken`);
    }
    this.#ports.get(port)!.target = target;
    return port;
  }

  release(port: number): void {
    const open = this.#ports.get(port);
    if (!open) return;
    open.target = undefined;
    open.sockets.forEach(socket => socket.destroy());
  }

  async close(): Promise<void> {
    await Promise.all(
      [...this.#ports.values()].map(({ server, sockets }) => {
        sockets.forEach(socket => socket.destroy());
        return new Promise(resolve => server.close(resolve));
      }),
    );
    this.#ports.clear();
  }
}

async function openPort(port: number): Promise<OpenPort | undefined> {
  const open: OpenPort = { server: createServer(), sockets: new Set() };
  open.server.on('connection', socket => relay(socket, open));
  const listens = await new Promise<boolean>(resolve => {
    open.server.once('error', () => resolve(false));
    open.server.listen(port, '127.0.0.1', () => resolve(true));
  });
  return listens ? open : undefined;
}

/** Hands a connection on to whoever is behind the port now; closes it when nobody is. */
function relay(socket: Socket, open: OpenPort): void {
  const target = open.target?.();
  if (!target) {
    socket.destroy();
    return;
  }
  const upstream = connect(target.port, target.host);
  for (const one of [socket, upstream]) {
    open.sockets.add(one);
    one.on('close', () => open.sockets.delete(one));
  }
  socket.on('error', () => upstream.destroy());
  upstream.on('error', () => socket.destroy());
  socket.on('close', () => upstream.destroy());
  upstream.on('close', () => socket.destroy());
  socket.pipe(upstream).pipe(socket);
}
