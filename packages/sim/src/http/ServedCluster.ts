import type { ServerResponse } from 'node:http';
import type { Registry } from '../registry';
import type { ContainerLogs } from '../kubelet';
import type { UsageOf } from '../metrics/metricsOf';
import type { WatchStream } from './WatchStream';

/** What the HTTP layer needs of a cluster. */
export interface ServedCluster {
  readonly name: string;
  readonly version: string;
  readonly registry: Registry;
  readonly logs: ContainerLogs;
  readonly bookmarkEveryMs: number;
  /** Where a metrics-server is: what containers take now. */
  readonly usageOf?: UsageOf;
  /** Registers a long answer, so that power and faults reach it. */
  openStream(response: ServerResponse): WatchStream;
}
