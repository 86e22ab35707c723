import {
  type AddressInfo,
  type Server,
  type Socket,
  connect,
  createServer,
} from 'node:net';

/**
 * A way to a server that can be cut as networks are: nothing is refused, bytes just
 * do not arrive any more.
 */
export class CuttableLink {
  readonly #server: Server;
  readonly #pairs = new Set<[Socket, Socket]>();
  #isCut = false;

  private constructor(to: { host: string; port: number }) {
    this.#server = createServer(near => this.#join(near, connect(to)));
  }

  static async open(to: { host: string; port: number }): Promise<CuttableLink> {
    const link = new CuttableLink(to);
    await new Promise<void>(resolve =>
      link.#server.listen(0, '127.0.0.1', resolve),
    );
    return link;
  }

  get port(): number {
    return (this.#server.address() as AddressInfo).port;
  }

  cut(): void {
    this.#isCut = true;
    for (const pair of this.#pairs) for (const socket of pair) socket.pause();
  }

  /** What was on its way when the link was cut arrives late, as after a retransmission. */
  mend(): void {
    this.#isCut = false;
    for (const pair of this.#pairs) for (const socket of pair) socket.resume();
  }

  async close(): Promise<void> {
    for (const pair of this.#pairs) for (const socket of pair) socket.destroy();
    await new Promise(resolve => this.#server.close(resolve));
  }

  #join(near: Socket, far: Socket): void {
    const pair: [Socket, Socket] = [near, far];
    this.#pairs.add(pair);
    for (const [from, to] of [pair, [far, near] as const]) {
      from.on('data', chunk => to.write(chunk));
      from.on('error', () => undefined);
      from.on('close', () => {
        to.destroy();
        this.#pairs.delete(pair);
      });
    }
    if (this.#isCut) for (const socket of pair) socket.pause();
  }
}
