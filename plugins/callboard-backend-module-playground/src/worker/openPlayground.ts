import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import type { Result } from '@callboard/plugin-callboard-common';
import type {
  BuildInput,
  BuildOutput,
  ImageStorage,
} from '@callboard/plugin-callboard-node';
import {
  BuildPlace,
  FolderCache,
  RunArea,
} from '@callboard/plugin-callboard-sandbox-node';
import { BundleStorage, BundleStore, buildBundle } from '../bundles';
import { DatabaseRuntime } from '../databases/DatabaseRuntime';
import { VolumeFolders } from '../databases/VolumeFolders';
import { findPostgres } from '../databases/findPostgres';
import { startClusters } from '../fleet/startClusters';
import { LoopbackNodePorts } from '../nodeports/LoopbackNodePorts';
import { NodePortTable } from '../nodeports/NodePortTable';
import { ProcessRuntime } from '../processes';
import type { WorkerFacts, WorkerSettings } from './messages';

const STOP_GRACE_MS = 3_000;

/** The running clusters, and the builds and runs of pushed code. */
export interface OpenedPlayground {
  facts: WorkerFacts;
  storage: ImageStorage;
  build(input: BuildInput): Promise<Result<BuildOutput>>;
  switchPower(cluster: string, on: boolean): void;
  close(): Promise<void>;
}

/** Opens the playground in this process. Rejects when the machine does not support it. */
export async function openPlayground(
  settings: WorkerSettings,
): Promise<OpenedPlayground> {
  const { dataDir, clusters, port, nodePortBase, builds } = settings;
  const area = await RunArea.open({
    dataDir,
    isRoot: process.getuid?.() === 0,
  });
  const store = new BundleStore({
    folder: join(dataDir, 'bundles'),
    newId: randomUUID,
  });
  const runtime = new ProcessRuntime({ store, area, newId: randomUUID });
  const volumes = new VolumeFolders({
    folder: join(dataDir, 'volumes'),
    onError: error => process.emitWarning(error),
  });
  const postgres = await findPostgres(area);
  const databases = new DatabaseRuntime({
    postgres,
    area,
    volumes,
    newId: randomUUID,
  });
  const place = new BuildPlace({
    area,
    newId: randomUUID,
    portalEnv: process.env,
    limits: builds.limits,
    egress: {
      registries: builds.registries.map(({ url }) => url),
      hosts: builds.hosts,
    },
  });
  const cache = new FolderCache({
    folder: join(dataDir, 'build-dependencies'),
    newId: randomUUID,
    clock: { now: () => new Date() },
  });
  const nodePortHost = await LoopbackNodePorts.open({
    base: nodePortBase,
    table: new NodePortTable(join(dataDir, 'node-ports.json')),
    ...(clusters.length === 0 && { spare: 0 }),
  });
  const fleet = await startClusters({
    clusters,
    port,
    dataDir: join(dataDir, 'clusters'),
    nodePortRange: nodePortHost.range,
    nodePortHost,
    volumes,
    runtimes: [runtime, databases],
  });
  return {
    facts: {
      port: Number(new URL(fleet.url).port),
      isolation: area.isolation,
      controls: area.controls,
      postgres:
        postgres.kind === 'found'
          ? { kind: 'found', version: postgres.version }
          : postgres,
      ...(area.peers && { peers: area.peers }),
    },
    storage: new BundleStorage(store),
    async build(input) {
      try {
        return await buildBundle(input, {
          store,
          place,
          cache,
          registries: builds.registries,
        });
      } finally {
        await cache.prune();
      }
    },
    switchPower: (cluster, on) => fleet.cluster(cluster).setPower(on),
    async close() {
      await fleet.close();
      await runtime.stopAll(STOP_GRACE_MS);
      await databases.stopAll(STOP_GRACE_MS);
      await nodePortHost.close();
      await area.close();
    },
  };
}
