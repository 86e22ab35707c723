import type { IncomingMessage, ServerResponse } from 'node:http';
import { join } from 'node:path';
import type { Clock } from '../clock';
import {
  ClusterClient,
  ControllerLoop,
  cronJobController,
  daemonSetController,
  deploymentController,
  autoscalerController,
  disruptionController,
  endpointsController,
  eventExpiry,
  garbageCollector,
  jobController,
  namespaceController,
  namespaceDefaultsController,
  nodeHeartbeat,
  replicaSetController,
  schedulerController,
  statefulSetController,
  type VolumeHost,
  volumeClaimController,
  splitKey,
} from '../controllers';
import { StatusError, tooManyRequests } from '../errors';
import { drawFate, type Fault } from '../faults';
import {
  handleRequest,
  sendError,
  type ServedCluster,
  WatchStream,
} from '../http';
import type { SimObject } from '../json';
import type { Service } from '../kinds';
import {
  type Address,
  ContainerLogs,
  Kubelet,
  REAL_TIMING,
  STAGES,
} from '../kubelet';
import { hashText, type Random, seededRandom } from '../random';
import type { Registry } from '../registry';
import { ObjectStore, StoreLog } from '../store';
import { noteBlockedPort } from './noteBlockedPort';
import { restoreServices } from './restoreServices';
import { bootstrapCluster } from './bootstrapCluster';
import { ServiceAddresses } from './ServiceAddresses';
import type { SimClusterSpec } from './SimClusterSpec';

export interface PowerOptions {
  /** How a cluster without power treats requests: cut them, or let them hang. */
  mode?: 'cut' | 'blackhole';
}

const DEFAULT_VERSION = '1.36.3';
const DEFAULT_BOOKMARK_MS = 60_000;

/** One simulated cluster: its objects, its API, its controllers and nodes, its power and faults. */
export class SimCluster implements ServedCluster {
  readonly name: string;
  readonly version: string;
  readonly registry: Registry;
  readonly logs: ContainerLogs;
  readonly bookmarkEveryMs: number;
  readonly usageOf?: ServedCluster['usageOf'];
  readonly #spec: SimClusterSpec;
  readonly #clock: Clock;
  readonly #random: Random;
  readonly #services: ServiceAddresses;
  readonly #client: ClusterClient;
  readonly #kubelet: Kubelet;
  readonly #loop: ControllerLoop;
  readonly #detachLog: (() => void) | undefined;
  readonly #streams = new Set<{
    stream: WatchStream;
    response: ServerResponse;
  }>();
  readonly #hanging = new Set<ServerResponse>();
  #power: { on: true } | { on: false; mode: 'cut' | 'blackhole' } = {
    on: true,
  };
  #fault: Fault = {};

  constructor(
    spec: SimClusterSpec,
    options: { clock: Clock; seed: number; dataDir?: string },
  ) {
    this.name = spec.name;
    this.version = spec.version ?? DEFAULT_VERSION;
    this.bookmarkEveryMs = spec.bookmarkEveryMs ?? DEFAULT_BOOKMARK_MS;
    this.#spec = spec;
    this.#clock = options.clock;
    this.logs = new ContainerLogs(options.clock);
    this.#services = new ServiceAddresses({
      cluster: spec.name,
      range: spec.nodePortRange,
      host: spec.nodePortHost,
      targetOf: (service, nodePort) => this.#targetOf(service, nodePort),
      onBlocked: (service, nodePort, reason) =>
        noteBlockedPort(this.#client, service, { nodePort, reason }),
    });
    const log =
      options.dataDir === undefined
        ? undefined
        : new StoreLog(join(options.dataDir, `${spec.name}.jsonl`));
    const loaded = log?.load();
    const store = new ObjectStore({
      nowMs: () => options.clock.now().getTime(),
      ...loaded,
    });
    this.#detachLog = log?.attach(store);
    this.#random = seededRandom(
      options.seed + hashText(`${spec.name} ${store.revision}`),
    );
    this.registry = {
      clusterName: spec.name,
      store,
      clock: options.clock,
      random: this.#random,
      services: this.#services,
    };
    restoreServices(this.registry, this.#services);
    bootstrapCluster(this.registry, spec);
    if (loaded === undefined) store.window.clear(); // no client has seen it yet: nothing needs to be replayed
    this.#client = new ClusterClient(this.registry, 'kube-controller-manager');
    this.#kubelet = new Kubelet(new ClusterClient(this.registry, 'kubelet'), {
      cluster: spec.name,
      clock: options.clock,
      random: this.#random,
      logs: this.logs,
      timing: { ...REAL_TIMING, ...spec.timing },
      stages: [...(spec.stages ?? []), ...STAGES],
      runtimes: spec.runtimes ?? [],
    });
    if (spec.hasMetrics === true)
      this.usageOf = pod => this.#kubelet.usageOf(pod);
    this.#loop = new ControllerLoop(
      store,
      options.clock,
      spec.isBare === true
        ? []
        : [
            ...makeControllers(this.registry, this.#client, spec.volumeHost),
            this.#kubelet,
          ],
    );
    this.#loop.start();
  }

  get token(): string {
    return this.#spec.token;
  }

  get isOn(): boolean {
    return this.#power.on;
  }

  /**
   * Off: requests are cut (or hang), watches send nothing, controllers and
   * containers stop. On: the cluster continues from its state.
   */
  setPower(on: boolean, { mode = 'cut' }: PowerOptions = {}): void {
    if (on === this.#power.on) return;
    this.#power = on ? { on } : { on, mode };
    if (on) {
      this.#cutStreams();
      this.#loop.start();
    } else {
      this.#loop.stop();
      this.#kubelet.abandonAll().catch(() => undefined);
    }
  }

  /** Replaces the faults of the cluster's API; no argument removes them. */
  setFault(fault: Fault = {}): void {
    this.#fault = fault;
    if (fault.watches === 'refuse') this.#cutStreams();
  }

  /** Drops the history, as etcd does every five minutes: a watch from the past must list again (410). */
  compact(): void {
    this.registry.store.window.clear();
  }

  /** Returns every object of the cluster. */
  dump(): SimObject[] {
    return [...this.registry.store.all()].map(({ object }) => object);
  }

  /** Answers one HTTP request; `path` is below the cluster's root. */
  handle(
    request: IncomingMessage,
    response: ServerResponse,
    { path, prefix }: { path: string; prefix: string },
  ): void {
    if (!this.#power.on) {
      this.#refusePowerless(response, this.#power.mode);
      return;
    }
    const { latencyMs } = this.#fault;
    if (latencyMs === undefined)
      this.#answer(request, response, { path, prefix });
    else
      this.#clock.schedule(latencyMs, () =>
        this.#answer(request, response, { path, prefix }),
      );
  }

  openStream(response: ServerResponse): WatchStream {
    const stream = new WatchStream(response, this.#clock, {
      isSilent: () => !this.#power.on || this.#fault.watches === 'silent',
      losesLine: () =>
        this.#fault.droppedEvents !== undefined &&
        this.#random.next() < this.#fault.droppedEvents.ratio,
    });
    const entry = { stream, response };
    this.#streams.add(entry);
    stream.onClose(() => this.#streams.delete(entry));
    if (this.#fault.watches === 'refuse') stream.cut();
    return stream;
  }

  async close(): Promise<void> {
    this.#loop.stop();
    this.#cutStreams();
    await this.#kubelet.abandonAll();
    this.#detachLog?.();
    this.#services.releaseAll();
  }

  #answer(
    request: IncomingMessage,
    response: ServerResponse,
    { path, prefix }: { path: string; prefix: string },
  ): void {
    const exchange = { request, response, clock: this.#clock, warnings: [] };
    const fate = drawFate(this.#fault, () => this.#random.next());
    switch (fate.kind) {
      case 'throttled':
        return sendError(exchange, tooManyRequests(fate.retryAfterSeconds));
      case 'failed':
        return sendError(
          exchange,
          new StatusError(
            fate.code,
            'ServiceUnavailable',
            'the server is currently unable to handle the request',
          ),
        );
      case 'nonsense':
        response.writeHead(200, { 'Content-Type': 'application/json' });
        response.end('<html>upstream said something else</html>');
        return undefined;
      default:
        handleRequest(exchange, this, {
          path,
          prefix,
          token: this.#spec.token,
        }).catch(() => response.destroy());
        return undefined;
    }
  }

  /** Returns a ready pod behind a service's node port, in rotation. */
  #targetOf(service: string, nodePort: number): Address | undefined {
    const { namespace, name } = splitKey(service);
    const found = this.#power.on
      ? this.#client.get<Service>('Service', namespace, name)
      : undefined;
    const port = found?.spec.ports?.find(
      candidate => candidate.nodePort === nodePort,
    );
    return found && port && this.#kubelet.addressOfService(found, port);
  }

  #refusePowerless(response: ServerResponse, mode: 'cut' | 'blackhole'): void {
    if (mode === 'cut') {
      response.destroy();
      return;
    }
    this.#hanging.add(response);
    response.on('close', () => this.#hanging.delete(response));
  }

  #cutStreams(): void {
    [...this.#streams].forEach(({ stream }) => stream.cut());
    this.#hanging.forEach(response => response.destroy());
    this.#hanging.clear();
  }
}

function makeControllers(
  registry: Registry,
  client: ClusterClient,
  volumeHost: VolumeHost | undefined,
) {
  return [
    namespaceDefaultsController(client),
    namespaceController(client),
    deploymentController(client),
    replicaSetController(client),
    statefulSetController(client),
    volumeClaimController(client, {
      cluster: registry.clusterName,
      host: volumeHost,
    }),
    daemonSetController(client),
    jobController(client),
    cronJobController(client),
    disruptionController(client),
    autoscalerController(client),
    schedulerController(new ClusterClient(registry, 'kube-scheduler')),
    endpointsController(client),
    garbageCollector(client),
    nodeHeartbeat(new ClusterClient(registry, 'kubelet')),
    eventExpiry(client),
  ];
}
