import { type Socket as UdpSocket, createSocket } from 'node:dgram';
import { type Server, createServer } from 'node:net';
import { once } from 'node:events';

/** Taken for public in the network of `test/canaryNetwork.mjs`. */
export const PUBLIC = '203.0.113.5';
const PORTS = [80, 443, 8080];
const A = 1;
const AAAA = 28;

/**
 * Listens on every address of this network and notes which were dialled, and
 * answers names: `v4-10-0-0-1.test` is 10.0.0.1, `both-…` that and a public one,
 * `flip-…` is public when it is asked first, `flop-…` the first two times.
 */
export class CanaryNetwork {
  readonly dialled: string[] = [];
  readonly #servers: Server[] = [];
  readonly #asked = new Map<string, number>();
  #names: UdpSocket | undefined;

  static async open(): Promise<CanaryNetwork> {
    const network = new CanaryNetwork();
    for (const port of PORTS) {
      const server = createServer(socket => {
        const { localAddress = '' } = socket;
        network.dialled.push(localAddress.replace(/^::ffff:/, ''));
        socket.on('error', () => undefined);
        socket.destroy();
      });
      server.listen(port, '::');
      await once(server, 'listening');
      network.#servers.push(server);
    }
    const names = createSocket('udp4');
    names.on('message', (query, from) => {
      const answer = network.#answer(query);
      names.send(answer, from.port, from.address);
    });
    names.bind(53, '127.0.0.1');
    await once(names, 'listening');
    network.#names = names;
    return network;
  }

  /** Of these addresses, those that were dialled since it was asked last. */
  takeHits(of: readonly string[]): string[] {
    return this.dialled.splice(0).filter(address => of.includes(address));
  }

  close(): void {
    this.#names?.close();
    this.#servers.forEach(server => server.close());
  }

  /** A DNS answer: the header, the question again, and its addresses with no time to live. */
  #answer(query: Buffer): Buffer {
    const labels: string[] = [];
    let at = 12;
    for (let size = query[at]; size > 0; size = query[at]) {
      labels.push(query.toString('latin1', at + 1, at + 1 + size));
      at += size + 1;
    }
    const type = query.readUInt16BE(at + 1);
    const question = query.subarray(12, at + 5);
    const records = this.#addressesOf(labels[0].toLowerCase(), type);
    const header = Buffer.alloc(12);
    query.copy(header, 0, 0, 2);
    header.writeUInt16BE(0x8180, 2);
    header.writeUInt16BE(1, 4);
    header.writeUInt16BE(records.length, 6);
    return Buffer.concat([
      header,
      question,
      ...records.map(bytes => {
        const record = Buffer.alloc(12);
        record.writeUInt16BE(0xc00c, 0);
        record.writeUInt16BE(type, 2);
        record.writeUInt16BE(1, 4);
        record.writeUInt16BE(bytes.length, 10);
        return Buffer.concat([record, bytes]);
      }),
    ]);
  }

  #addressesOf(name: string, type: number): Buffer[] {
    const [kind, ...parts] = name.split('-');
    const count = this.#asked.get(`${name} ${type}`) ?? 0;
    this.#asked.set(`${name} ${type}`, count + 1);
    const open = ipv4Of(PUBLIC.split('.'));
    if (parts.length === 4) {
      const target = ipv4Of(parts);
      if (kind === 'mapped')
        return type === AAAA
          ? [Buffer.concat([Buffer.alloc(10), Buffer.from([255, 255]), target])]
          : [];
      if (type !== A) return [];
      if (kind === 'both') return [open, target];
      if (kind === 'flip') return [count < 1 ? open : target];
      if (kind === 'flop') return [count < 2 ? open : target];
      return [target];
    }
    if (parts.length === 8) {
      const target = Buffer.from(parts.join(''), 'hex');
      if (kind === 'both6') return [type === AAAA ? target : open];
      if (kind === 'flip6' && count < 1) return type === A ? [open] : [];
      return type === AAAA ? [target] : [];
    }
    return type === A && kind === 'registry' ? [open] : [];
  }
}

function ipv4Of(parts: readonly string[]): Buffer {
  return Buffer.from(parts.map(Number));
}
