import type { Clock } from '../clock';
import type { Random } from '../random';
import type { ObjectStore } from '../store';

/** Addresses and ports of a cluster's services. */
export interface ServiceAllocator {
  /** Returns `wanted` when it is free; `undefined` when it is taken or out of range. */
  allocateNodePort(
    service: string,
    wanted: number | undefined,
  ): number | undefined;
  releaseNodePort(port: number): void;
  readonly nodePortRange: readonly [number, number];
  allocateClusterIp(): string;
}

/** The state that every operation on a cluster's objects uses. */
export interface Registry {
  readonly clusterName: string;
  readonly store: ObjectStore;
  readonly clock: Clock;
  readonly random: Random;
  readonly services: ServiceAllocator;
}

/** Options of one write. */
export interface WriteOptions {
  /** The field manager. */
  manager: string;
  /** `status`, `scale`, or none. */
  subresource?: string;
  isDryRun?: boolean;
  /** How to treat fields that the kind does not have. */
  fieldValidation?: 'Ignore' | 'Warn' | 'Strict';
  /** Receives warnings about accepted but questionable input; sent as a `Warning` header. */
  warn?: (message: string) => void;
}
