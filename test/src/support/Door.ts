import { type AddressInfo, type Socket, connect, createServer } from 'node:net';

/** One address for several processes: anyone who comes is led to the first that takes him. */
export class Door {
  leadsTo: readonly number[] = [];
  readonly #server = createServer(near => this.#lead(near));
  readonly #open = new Map<Socket, number>();

  static async open(): Promise<Door> {
    const door = new Door();
    await new Promise<void>(resolve =>
      door.#server.listen(0, '127.0.0.1', resolve),
    );
    return door;
  }

  get port(): number {
    return (this.#server.address() as AddressInfo).port;
  }

  /** How many connections lead to a port at the moment. */
  leading(port: number): number {
    return [...this.#open.values()].filter(each => each === port).length;
  }

  async close(): Promise<void> {
    for (const socket of this.#open.keys()) socket.destroy();
    await new Promise(resolve => this.#server.close(resolve));
  }

  #lead(near: Socket, ports = this.leadsTo): void {
    const [port, ...others] = ports;
    if (port === undefined) {
      near.destroy();
      return;
    }
    const far = connect(port, '127.0.0.1');
    near.on('error', () => far.destroy());
    near.on('close', () => far.destroy());
    far.once('error', () => this.#lead(near, others));
    far.once('connect', () => {
      far.removeAllListeners('error');
      far.on('error', () => near.destroy());
      far.on('close', () => near.destroy());
      this.#open.set(near, port);
      near.on('close', () => this.#open.delete(near));
      near.pipe(far).pipe(near);
    });
  }
}
