import type { ServerResponse } from 'node:http';
import type { Registry } from '../registry';
import type { ContainerLogs } from '../kubelet';
import type { UsageOf } from '../metrics/metricsOf';
import type { WatchStream } from './WatchStream';

/** The cluster as the HTTP layer uses it. */
export interface ServedCluster {
  readonly name: string;
  readonly version: string;
  readonly registry: Registry;
  readonly logs: ContainerLogs;
  readonly bookmarkEveryMs: number;
  /** Current usage of containers; only with a metrics-server. */
  readonly usageOf?: UsageOf;
  /** Registers a long response, so that power and faults affect it. */
  openStream(response: ServerResponse): WatchStream;
}
