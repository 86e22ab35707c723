import { once } from 'node:events';
import { type Server, type Socket, connect, createServer } from 'node:net';

/** Where a commit is cut: before the database has it, or after, so that nobody hears of it. */
export type Cut = 'before' | 'after';

/**
 * Stands between a portal and PostgreSQL, on Unix sockets, and cuts connections
 * to one database while they commit.
 */
export class CuttingRelay {
  /** How many commits were cut. */
  readonly cuts: Record<Cut, number> = { before: 0, after: 0 };
  readonly #server: Server;
  readonly #sockets = new Set<Socket>();

  /**
   * @param database - whose connections are cut; others pass
   * @param decide - asked at each commit whether, and where, it is cut; it gets what the transaction sent
   */
  static async open(of: {
    target: string;
    path: string;
    database: string;
    decide: (transaction: string) => Cut | undefined;
  }): Promise<CuttingRelay> {
    const relay = new CuttingRelay(of);
    relay.#server.listen(of.path);
    await once(relay.#server, 'listening');
    return relay;
  }

  private constructor({
    target,
    database,
    decide,
  }: {
    target: string;
    database: string;
    decide: (transaction: string) => Cut | undefined;
  }) {
    this.#server = createServer(client => {
      const server = connect(target);
      this.#follow(client);
      this.#follow(server);
      let isWatched: boolean | undefined;
      let cut: Cut | undefined;
      let transaction = '';
      client.on('data', bytes => {
        const text = bytes.toString('latin1');
        isWatched ??= text.includes(`\0database\0${database}\0`); // of the startup message
        if (isWatched && !cut) {
          transaction = /\bBEGIN;/i.test(text) ? text : transaction + text;
          if (/\bCOMMIT;/i.test(text)) cut = decide(transaction);
          if (cut) this.cuts[cut] += 1;
        }
        if (cut === 'before') client.destroy();
        else server.write(bytes);
      });
      server.on('data', bytes => {
        if (cut) client.destroy();
        else client.write(bytes);
      });
      client.on('close', () => server.destroy());
      server.on('close', () => client.destroy());
    });
  }

  close(): void {
    this.#sockets.forEach(socket => socket.destroy());
    this.#server.close();
  }

  #follow(socket: Socket): void {
    this.#sockets.add(socket);
    socket.on('error', () => {}); // it closes after that
    socket.on('close', () => this.#sockets.delete(socket));
  }
}
