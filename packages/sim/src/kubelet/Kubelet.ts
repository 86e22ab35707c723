import {
  backendsOf,
  type ClusterClient,
  type Controller,
  keyOf,
  recordEvent,
  splitKey,
  storageOf,
  targetPortOf,
} from '../controllers';
import type { JsonObject } from '../json';
import { isPodReady, type Node, type Pod, type Service } from '../kinds';
import type {
  Address,
  ContainerUsage,
  PodRuntime,
  ReachableService,
} from './PodRuntime';
import type { NodeContext } from './NodeContext';
import { PodRun } from './PodRun';

type ServicePort = NonNullable<Service['spec']['ports']>[number];

/** The kubelets of all nodes of a cluster: they run the pods bound to them. */
export class Kubelet implements Controller {
  readonly name = 'kubelet';
  readonly #client: ClusterClient;
  readonly #context: NodeContext;
  readonly #runs = new Map<string, PodRun>();
  readonly #dirty = new Set<string>();
  #lastIp = 1;
  #connections = 0;

  constructor(
    client: ClusterClient,
    context: Omit<
      NodeContext,
      'runtimeOf' | 'findData' | 'findClaim' | 'servicesOf' | 'recordEvent'
    > & {
      runtimes: readonly PodRuntime[];
    },
  ) {
    this.#client = client;
    this.#context = {
      ...context,
      runtimeOf: image => context.runtimes.find(runtime => runtime.runs(image)),
      findData: namespace => (kind, name) =>
        client.get(kind, namespace, name) as JsonObject | undefined,
      findClaim: (namespace, name) =>
        client.get('PersistentVolumeClaim', namespace, name)?.metadata.uid,
      servicesOf: namespace => this.#servicesOf(namespace),
      recordEvent: (pod, { fieldPath, ...text }) => {
        const live = client.get(
          'Pod',
          pod.metadata.namespace,
          pod.metadata.name,
        );
        if (live?.metadata.uid !== pod.metadata.uid) return;
        recordEvent(
          client,
          pod,
          { component: 'kubelet', host: pod.spec.nodeName, fieldPath },
          text,
        );
      },
    };
  }

  keysOf({
    storage,
    object,
  }: Parameters<Controller['keysOf']>[0]): readonly string[] {
    return storage === storageOf('Pod') &&
      (object as Pod).spec.nodeName !== undefined
      ? [keyOf(object.metadata)]
      : [];
  }

  reconcile(key: string): undefined {
    const { namespace, name } = splitKey(key);
    const pod = this.#client.get<Pod>('Pod', namespace, name);
    const run = this.#runs.get(key);
    if (run !== undefined && run.uid !== pod?.metadata.uid)
      this.#forget(key, run);
    if (pod === undefined) return undefined;
    const isOver =
      pod.status.phase === 'Succeeded' || pod.status.phase === 'Failed';
    if (pod.metadata.deletionTimestamp !== undefined) this.#stop(key, pod);
    else if (!this.#runs.has(key) && !isOver) this.#begin(key, pod);
    return undefined;
  }

  /** Returns the address of a pod's container port on this machine. */
  addressOf(pod: Pod, port: number): Address | undefined {
    return this.#runs.get(keyOf(pod.metadata))?.addressOf(port);
  }

  /** Returns the current usage of a pod's containers, by container name. */
  usageOf(pod: Pod): ReadonlyMap<string, ContainerUsage> {
    return this.#runs.get(keyOf(pod.metadata))?.usage() ?? new Map();
  }

  /** Returns a ready pod behind a port of a service, in rotation. */
  addressOfService(service: Service, port: ServicePort): Address | undefined {
    const addresses = backendsOf(this.#client, service)
      .filter(isPodReady)
      .flatMap(
        pod => this.addressOf(pod, targetPortOf(port, pod) ?? port.port) ?? [],
      );
    this.#connections += 1;
    return addresses[this.#connections % Math.max(1, addresses.length)];
  }

  /** Stops all containers after the nodes lost power; nothing is written. */
  async abandonAll(): Promise<void> {
    const runs = [...this.#runs.values()];
    this.#runs.clear();
    await Promise.all(runs.map(run => run.abandon()));
  }

  #servicesOf(namespace: string): ReachableService[] {
    return this.#client
      .list<Service>('Service', namespace)
      .flatMap(({ metadata: { name }, spec: { selector = {}, ports = [] } }) =>
        ports.map(({ port }) => ({
          name,
          port,
          selector,
          address: () => {
            const live = this.#client.get<Service>('Service', namespace, name);
            const same = live?.spec.ports?.find(other => other.port === port);
            return live && same && this.addressOfService(live, same);
          },
          isPlayed: () => {
            const live = this.#client.get<Service>('Service', namespace, name);
            return live !== undefined && this.#isPlayed(live);
          },
        })),
      );
  }

  #isPlayed(service: Service): boolean {
    const ready = backendsOf(this.#client, service).filter(isPodReady);
    const images = ready.flatMap(({ spec }) =>
      spec.containers.map(({ image }) => image),
    );
    return (
      ready.length > 0 &&
      images.every(image => this.#context.runtimeOf(image ?? '') === undefined)
    );
  }

  #begin(key: string, pod: Pod): void {
    const node = this.#client.get<Node>(
      'Node',
      undefined,
      pod.spec.nodeName ?? '',
    );
    if (node === undefined) return;
    const hostIp =
      node.status.addresses.find(({ type }) => type === 'InternalIP')
        ?.address ?? '';
    const run = new PodRun({
      context: this.#context,
      pod,
      hostIp,
      podIp: pod.status.podIP ?? this.#nextIp(node),
      onStatus: () => this.#writeSoon(key),
      onStopped: () => this.#finish(key, pod),
    });
    this.#runs.set(key, run);
    run.start();
  }

  #nextIp({ spec }: Node): string {
    const [a, b, c] = (spec.podCIDR ?? '10.244.0.0/24').split('.');
    const taken = new Set(
      this.#client.list<Pod>('Pod').map(({ status }) => status.podIP),
    );
    let ip = '';
    for (let tries = 0; tries < 253 && (ip === '' || taken.has(ip)); tries++) {
      this.#lastIp += 1;
      ip = `${a}.${b}.${c}.${(this.#lastIp % 253) + 2}`;
    }
    return ip;
  }

  #stop(key: string, pod: Pod): void {
    const run = this.#runs.get(key);
    if (run === undefined) this.#finish(key, pod);
    else run.stop((pod.metadata.deletionGracePeriodSeconds ?? 30) * 1000);
  }

  #finish(key: string, { metadata }: Pod): void {
    const pod = this.#client.get<Pod>('Pod', metadata.namespace, metadata.name);
    const run = this.#runs.get(key);
    if (
      pod === undefined ||
      pod.metadata.uid !== metadata.uid ||
      pod.metadata.deletionTimestamp === undefined
    )
      return;
    if (run !== undefined) this.#client.updateStatus(pod, run.status(pod));
    const last = this.#client.get<Pod>(
      'Pod',
      metadata.namespace,
      metadata.name,
    );
    if (last !== undefined)
      this.#client.delete(last, {
        gracePeriodSeconds: 0,
        preconditions: { uid: metadata.uid },
      });
    this.#runs.delete(key);
    this.#context.logs.forgetPod(metadata.uid ?? '');
  }

  #forget(key: string, run: PodRun): void {
    this.#runs.delete(key);
    this.#context.logs.forgetPod(run.uid);
    run.abandon().catch(() => undefined);
  }

  /** Changes of one turn of the event loop become one write. */
  #writeSoon(key: string): void {
    if (this.#dirty.has(key)) return;
    this.#dirty.add(key);
    setImmediate(() => {
      this.#dirty.delete(key);
      const { namespace, name } = splitKey(key);
      const pod = this.#client.get<Pod>('Pod', namespace, name);
      const run = this.#runs.get(key);
      if (
        pod !== undefined &&
        run !== undefined &&
        run.uid === pod.metadata.uid
      )
        this.#client.updateStatus(pod, run.status(pod));
    });
  }
}
