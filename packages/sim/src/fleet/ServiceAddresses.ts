import type { ServiceAllocator } from '../registry';
import type { Address } from '../kubelet';
import type { NodePortHost } from './SimClusterSpec';

const DEFAULT_RANGE: [number, number] = [30_000, 32_767];

export interface ServiceAddressOptions {
  cluster: string;
  range?: [number, number];
  host?: NodePortHost;
  /** Returns the target of a connection to a service's node port, called per connection. */
  targetOf(service: string, nodePort: number): Address | undefined;
  /** Called when a node port cannot be opened on this machine, and with undefined when it can again. */
  onBlocked?(
    service: string,
    nodePort: number,
    reason: string | undefined,
  ): void;
}

/** Allocates addresses and node ports of services; a host really opens the ports. */
export class ServiceAddresses implements ServiceAllocator {
  readonly nodePortRange: [number, number];
  readonly #options: ServiceAddressOptions;
  readonly #taken = new Set<number>();
  #lastIp = 10; // the first addresses are the API server's and DNS's

  constructor(options: ServiceAddressOptions) {
    this.#options = options;
    this.nodePortRange = options.range ?? DEFAULT_RANGE;
  }

  /**
   * Restores what services hold already. @returns the port that is open for
   * them now: another one if theirs is taken
   */
  restore(
    service: string,
    { clusterIp, nodePort }: { clusterIp?: string; nodePort?: number },
  ): number | undefined {
    const [, , c = 0, d = 0] = (clusterIp ?? '').split('.').map(Number);
    if (Number.isFinite(c) && Number.isFinite(d))
      this.#lastIp = Math.max(this.#lastIp, c * 254 + d - 1);
    if (nodePort === undefined) return undefined;
    return (
      this.allocateNodePort(service, nodePort) ??
      this.allocateNodePort(service, undefined)
    );
  }

  allocateClusterIp(): string {
    this.#lastIp += 1;
    return `10.96.${Math.floor(this.#lastIp / 254) % 256}.${
      (this.#lastIp % 254) + 1
    }`;
  }

  allocateNodePort(
    service: string,
    wanted: number | undefined,
  ): number | undefined {
    if (wanted !== undefined && this.#taken.has(wanted)) return undefined;
    const port = this.#reserve(service, wanted);
    if (port !== undefined) this.#taken.add(port);
    return port;
  }

  releaseNodePort(port: number): void {
    if (this.#taken.delete(port)) this.#options.host?.release(port);
  }

  releaseAll(): void {
    for (const port of [...this.#taken]) this.releaseNodePort(port);
  }

  #reserve(service: string, wanted: number | undefined): number | undefined {
    const { host, cluster, targetOf, onBlocked } = this.#options;
    if (host === undefined) return wanted ?? this.#firstFree();
    const reserved: { port?: number } = {};
    const target = () =>
      reserved.port === undefined
        ? undefined
        : targetOf(service, reserved.port);
    try {
      reserved.port = host.reserve({
        cluster,
        service,
        wanted,
        range: this.nodePortRange,
        target,
        onBlocked: reason =>
          reserved.port !== undefined &&
          onBlocked?.(service, reserved.port, reason),
      });
    } catch {
      return undefined; // taken by another program on this machine: handled as any port that is taken
    }
    return reserved.port;
  }

  #firstFree(): number | undefined {
    const [from, to] = this.nodePortRange;
    for (let port = from; port <= to; port++)
      if (!this.#taken.has(port)) return port;
    return undefined;
  }
}
