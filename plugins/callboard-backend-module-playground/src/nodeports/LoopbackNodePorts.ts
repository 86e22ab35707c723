import type { NodePortHost } from '@callboard/sim';
import { describePortHolder } from './describePortHolder';
import type { NodePortTable } from './NodePortTable';
import { OpenPort, openPort } from './OpenPort';

type Reservation = Parameters<NodePortHost['reserve']>[0];

const SPARE_PORTS = 128; // assigned to services without delay; more are opened as these are used
const LAST_PORT = 32_767; // the system assigns higher ports to outgoing connections
const RETRY_MS = 2_000;

/**
 * Node ports of the simulated clusters, really open on loopback. A service
 * keeps its port for its life, and gets it again when it is created again. A
 * port that another program has taken meanwhile stays with its service: this is
 * reported, and the port is opened as soon as it is free.
 */
export class LoopbackNodePorts implements NodePortHost {
  readonly range: [number, number];
  readonly #table: NodePortTable;
  readonly #spare: number;
  readonly #open = new Map<number, OpenPort>();
  readonly #held = new Map<number, Reservation>();
  readonly #blocked = new Set<number>();
  #growing: Promise<void> | undefined;
  #next: number;
  #timer: NodeJS.Timeout | undefined;
  #isClosed = false;

  static async open(options: {
    base: number;
    table: NodePortTable;
    /** Ports that are kept open for later services; 0 for a fleet without clusters. */
    spare?: number;
    retryMs?: number;
  }): Promise<LoopbackNodePorts> {
    const { base, table, spare = SPARE_PORTS, retryMs = RETRY_MS } = options;
    const ports = new LoopbackNodePorts(base, table, spare);
    ports.#timer = setInterval(() => void ports.#retry(), retryMs);
    ports.#timer.unref();
    await ports.#grow();
    if (spare > 0 && ports.#open.size === 0)
      throw new Error(
        `All node ports from ${base} to ${LAST_PORT} are taken. Stop another portal, or set callboard.playground.nodePortBase`,
      );
    return ports;
  }

  private constructor(base: number, table: NodePortTable, spare: number) {
    this.range = [base, LAST_PORT];
    this.#next = base;
    this.#table = table;
    this.#spare = spare;
  }

  /** Reserves `wanted` unless another service has it; without it, the port that the service had, else a free one. */
  reserve(input: Reservation): number {
    const { cluster, service, wanted } = input;
    const port = wanted ?? this.#choose(`${cluster} ${service}`);
    if (port === undefined || this.#held.has(port))
      throw new Error(
        `No node port from ${this.range[0]} to ${this.range[1]} is free for ${service} of ${cluster}`,
      );
    this.#held.set(port, input);
    this.#table.remember(`${cluster} ${service}`, port);
    const open = this.#open.get(port);
    if (open) open.target = input.target;
    else void this.#openHeld(port);
    if (this.#countSpare() < this.#spare / 2) this.#growing ??= this.#grow();
    return port;
  }

  release(port: number): void {
    this.#held.delete(port);
    this.#blocked.delete(port);
    const open = this.#open.get(port);
    if (open) open.target = undefined;
    open?.dropConnections();
  }

  async close(): Promise<void> {
    this.#isClosed = true;
    clearInterval(this.#timer);
    await this.#growing;
    await Promise.all([...this.#open.values()].map(open => open.close()));
    this.#open.clear();
  }

  /** A port that another service had is chosen only when no other is left. */
  #choose(key: string): number | undefined {
    const free = [...this.#open.keys()]
      .filter(port => !this.#held.has(port))
      .sort((a, b) => a - b);
    return (
      this.#table.portsOf(key).find(port => !this.#held.has(port)) ??
      free.find(port => !this.#table.isRemembered(port)) ??
      free[0]
    );
  }

  #countSpare(): number {
    return this.#open.size - this.#held.size + this.#blocked.size;
  }

  async #grow(): Promise<void> {
    while (this.#countSpare() < this.#spare && this.#next <= LAST_PORT) {
      const from = this.#next;
      this.#next = Math.min(from + this.#spare, LAST_PORT + 1);
      const ports = Array.from(
        { length: this.#next - from },
        (_, index) => from + index,
      );
      await Promise.all(ports.map(port => this.#tryOpen(port)));
    }
    this.#growing = undefined;
  }

  async #tryOpen(port: number): Promise<boolean> {
    if (this.#open.has(port)) return true;
    const open = await openPort(port);
    if (!open) return false;
    if (this.#isClosed || this.#open.has(port)) {
      await open.close();
      return this.#open.has(port);
    }
    open.target = this.#held.get(port)?.target;
    this.#open.set(port, open);
    return true;
  }

  async #openHeld(port: number): Promise<void> {
    const isOpen = await this.#tryOpen(port);
    const wasBlocked = this.#blocked.has(port);
    const program = isOpen ? undefined : await describePortHolder(port);
    const holder = this.#held.get(port);
    if (!holder || this.#isClosed || isOpen !== wasBlocked) return;
    if (isOpen) this.#blocked.delete(port);
    else this.#blocked.add(port);
    holder.onBlocked?.(
      isOpen ? undefined : `Port ${port} of this machine is held by ${program}`,
    );
  }

  async #retry(): Promise<void> {
    await Promise.all([...this.#blocked].map(port => this.#openHeld(port)));
  }
}
