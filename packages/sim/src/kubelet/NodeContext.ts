import type { Clock } from '../clock';
import type { Pod } from '../kinds';
import type { Random } from '../random';
import type { ContainerLogs } from './ContainerLogs';
import type { ContainerStage } from './ContainerStage';
import type { KubeletTiming } from './KubeletTiming';
import type { PodRuntime, ReachableService } from './PodRuntime';
import type { FindData } from './resolveContainer';

/** State that the containers of a cluster's nodes share. */
export interface NodeContext {
  readonly cluster: string;
  readonly clock: Clock;
  readonly random: Random;
  readonly logs: ContainerLogs;
  readonly timing: KubeletTiming;
  /** The last one matches every container. */
  readonly stages: readonly ContainerStage[];
  /** Returns the runtime that really runs an image, if any does. */
  runtimeOf(image: string): PodRuntime | undefined;
  findData(namespace: string): FindData;
  /** Returns the uid of a claim; undefined when it does not exist. */
  findClaim(namespace: string, name: string): string | undefined;
  servicesOf(namespace: string): readonly ReachableService[];
  recordEvent(
    pod: Pod,
    event: {
      type: 'Normal' | 'Warning';
      reason: string;
      message: string;
      fieldPath?: string;
    },
  ): void;
}
