import { createHash } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Socket } from 'node:net';
import { type ReachableService, openConnection } from '@callboard/sim';
import {
  type OtherUser,
  type RunArea,
  type SandboxForward,
  ServiceForwarder,
} from '@callboard/plugin-callboard-sandbox-node';

const READY_MS = 20_000; // for a database that starts together with its app
const LOOK_MS = 200;
const NETWORK = 127 * 2 ** 24 + 2 ** 16; // 127.1.0.0: on loopback, and rarely used
const ADDRESSES = 2 ** 20;
const MAX_TRIES = 20;

/** Lets a process reach services by their names and ports, as in a cluster. */
export class ServiceForwards {
  /** Addresses of its own loopback by the names of services; none without a network of its own. */
  readonly hosts: Record<string, string> = {};
  /** Sockets that the helper of its sandbox forwards. */
  readonly inside: SandboxForward[] = [];
  /** Paths that are mounted in its sandbox, by inside path. */
  readonly readOnly: Array<readonly [inside: string, outside: string]> = [];
  readonly #notify: (line: string) => void;
  readonly #reported = new Set<string>();
  readonly #forwarders: ServiceForwarder[] = [];
  /** Addresses of this machine's loopback by the names of services. */
  readonly #places = new Map<string, string>();

  /**
   * @param place.notify - called with a line for the log of the process, about
   *   a service that is not at its name, not ready, or simulated
   */
  static async open(
    services: readonly ReachableService[],
    place: {
      area: RunArea;
      id: string;
      user: OtherUser | undefined;
      notify(line: string): void;
    },
  ): Promise<ServiceForwards> {
    const forwards = new ServiceForwards(place.notify);
    try {
      for (const [index, service] of services.entries())
        if (place.area.isolation.kind === 'namespaces')
          await forwards.#openInside(service, { ...place, index });
        else await forwards.#openOnMachine(service);
    } catch (error) {
      await forwards.close();
      throw error;
    }
    return forwards;
  }

  private constructor(notify: (line: string) => void) {
    this.#notify = notify;
  }

  /**
   * Returns the variables of a process that shares the network of this machine:
   * with an address in place of each name, because no DNS resolves the names
   * here.
   */
  placeIn(env: Readonly<Record<string, string>>): Record<string, string> {
    const places = [...this.#places];
    return Object.fromEntries(
      Object.entries(env).map(([key, value]) => [
        key,
        places.reduce(
          (text, [name, address]) => replaceName(text, name, address),
          value,
        ),
      ]),
    );
  }

  async close(): Promise<void> {
    await Promise.all(this.#forwarders.splice(0).map(each => each.close()));
  }

  async #openInside(
    service: ReachableService,
    {
      area,
      id,
      user,
      index,
    }: {
      area: RunArea;
      id: string;
      user: OtherUser | undefined;
      index: number;
    },
  ): Promise<void> {
    const { name, port } = service;
    const outside = area.egressOf(`${id}-${index}`);
    const path = `/run/callboard/service-${index}.sock`;
    this.hosts[name] ??= `127.1.0.${Object.keys(this.hosts).length + 1}`;
    this.#forwarders.push(
      await ServiceForwarder.atPath(outside, {
        user,
        open: () => this.#connect(service),
      }),
    );
    this.readOnly.push([path, outside]);
    this.inside.push({ path, host: this.hosts[name], port });
  }

  /** Opens a connection to a ready pod behind a service. Waits until one is ready. */
  async #connect(service: ReachableService): Promise<Socket> {
    const { name } = service;
    const giveUpAt = Date.now() + READY_MS;
    for (;;) {
      const address = service.address();
      const socket =
        address && (await openConnection(address).catch(() => undefined));
      if (socket) return socket;
      if (service.isPlayed()) {
        this.#logOnce(
          `callboard: nothing listens behind ${name}: the playground plays it`,
        );
        throw new Error(`Nothing listens behind ${name}`);
      }
      if (Date.now() > giveUpAt) {
        const seconds = READY_MS / 1_000;
        this.#notify(
          `callboard: nothing was ready behind ${name} for ${seconds} s`,
        );
        throw new Error(`Nothing is ready behind ${name}`);
      }
      await sleep(LOOK_MS);
    }
  }

  /** Repeated connections do not fill the log. */
  #logOnce(line: string): void {
    if (this.#reported.has(line)) return;
    this.#reported.add(line);
    this.#notify(line);
  }

  /** The port is that of the service; the address is one on which it is free. */
  async #openOnMachine(service: ReachableService): Promise<void> {
    const { name, port } = service;
    const wanted = this.#places.get(name);
    for (let tries = 0; tries < (wanted ? 1 : MAX_TRIES); tries += 1) {
      const host = wanted ?? loopbackAddress(`${process.pid} ${name} ${tries}`);
      try {
        this.#forwarders.push(
          await ServiceForwarder.atPort({ host, port }, () =>
            this.#connect(service),
          ),
        );
        this.#places.set(name, host);
        this.#notify(
          `callboard: ${name} is at ${host}:${port}, and variables say so: without namespaces a name of the cluster leads nowhere`,
        );
        return;
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code !== 'EADDRINUSE') break;
      }
    }
    this.#notify(
      `callboard: ${name} cannot be reached: this machine has neither namespaces nor a loopback address with a free port ${port}`,
    );
  }
}

/** Returns a loopback address, the same for the same text. */
function loopbackAddress(text: string): string {
  const hash = createHash('sha256').update(text).digest().readUInt32BE(0);
  const address = NETWORK + (hash % ADDRESSES);
  return [24, 16, 8, 0]
    .map(bits => Math.floor(address / 2 ** bits) % 256)
    .join('.');
}

/** Replaces whole names only: `web-db`, not `web-db-2`. */
function replaceName(text: string, name: string, address: string): string {
  return text.replace(
    new RegExp(`(?<![\\w.-])${name}(?![\\w-])`, 'g'),
    address,
  );
}
