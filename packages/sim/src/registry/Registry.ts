import type { Clock } from '../clock';
import type { Random } from '../random';
import type { ObjectStore } from '../store';

/** Addresses and ports of a cluster's services. */
export interface ServiceAllocator {
  /** `wanted` is kept when free; `undefined` says it is taken or out of range. */
  allocateNodePort(
    service: string,
    wanted: number | undefined,
  ): number | undefined;
  releaseNodePort(port: number): void;
  readonly nodePortRange: readonly [number, number];
  allocateClusterIp(): string;
}

/** What every operation on a cluster's objects works with. */
export interface Registry {
  readonly clusterName: string;
  readonly store: ObjectStore;
  readonly clock: Clock;
  readonly random: Random;
  readonly services: ServiceAllocator;
}

/** How one write is to be done. */
export interface WriteOptions {
  /** The field manager. */
  manager: string;
  /** `status`, `scale`, or none. */
  subresource?: string;
  isDryRun?: boolean;
  /** What to do about fields the kind does not have. */
  fieldValidation?: 'Ignore' | 'Warn' | 'Strict';
  /** Hears of what was accepted but is questionable; becomes a `Warning` header. */
  warn?: (message: string) => void;
}
