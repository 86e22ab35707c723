import { timestamp } from '../clock';
import type { Pod, PodStatus } from '../kinds';
import { ContainerRun } from './ContainerRun';
import type { NodeContext } from './NodeContext';
import { podStatus } from './podStatus';
import type { Address, ContainerUsage } from './PodRuntime';

export interface PodRunOptions {
  context: NodeContext;
  pod: Pod;
  podIp: string;
  hostIp: string;
  /** Called when the status to be written changed. */
  onStatus(): void;
  /** Called when every container has ended after a deletion. */
  onStopped(): void;
}

/**
 * One pod on its node: init containers one after the other, then all others.
 * Sidecars start in order, keep running, and end after the other containers.
 */
export class PodRun {
  readonly uid: string;
  readonly podIp: string;
  readonly #options: PodRunOptions;
  readonly #init: readonly ContainerRun[];
  readonly #containers: readonly ContainerRun[];
  readonly #startTime: string;
  #isStopping = false;
  #areSidecarsEnding = false;
  #cancelDeadline = () => {};
  #isPastDeadline = false;

  constructor(options: PodRunOptions) {
    const { pod, context } = options;
    this.#options = options;
    this.uid = pod.metadata.uid ?? '';
    this.podIp = options.podIp;
    this.#startTime = pod.status.startTime ?? timestamp(context.clock.now());
    const before = [
      ...(pod.status.initContainerStatuses ?? []),
      ...(pod.status.containerStatuses ?? []),
    ];
    const make =
      (isInit: boolean) => (container: Pod['spec']['containers'][number]) =>
        new ContainerRun({
          context,
          pod,
          container,
          isInit,
          podIp: options.podIp,
          before: before.find(({ name }) => name === container.name),
          onChange: () => this.#changed(),
        });
    this.#init = (pod.spec.initContainers ?? []).map(make(true));
    this.#containers = pod.spec.containers.map(make(false));
    this.#watchDeadline();
  }

  start(): void {
    this.#changed();
  }

  status(pod: Pod): PodStatus {
    const { hostIp, context } = this.#options;
    const facts = {
      init: this.#init,
      containers: this.#containers,
      podIp: this.podIp,
      hostIp,
      startTime: this.#startTime,
    };
    const status = podStatus(pod, facts, context.clock.now());
    if (!this.#isPastDeadline) return status;
    return {
      ...status,
      phase: 'Failed',
      reason: 'DeadlineExceeded',
      message: 'Pod was active on the node longer than the specified deadline',
    };
  }

  addressOf(port: number): Address | undefined {
    const sidecars = this.#init.filter(({ isSidecar }) => isSidecar);
    return [...this.#containers, ...sidecars]
      .map(container => container.addressOf(port))
      .find(address => address !== undefined);
  }

  /** Returns the usage of its running containers, by container name. */
  usage(): Map<string, ContainerUsage> {
    const sidecars = this.#init.filter(({ isSidecar }) => isSidecar);
    return new Map(
      [...this.#containers, ...sidecars].flatMap(container => {
        const usage = container.usage();
        return usage ? [[container.name, usage] as const] : [];
      }),
    );
  }

  /** Stops all containers within the pod's grace period, then calls `onStopped`. */
  stop(graceMs: number): void {
    if (this.#isStopping) return;
    this.#isStopping = true;
    this.#cancelDeadline();
    const { context, pod, onStopped } = this.#options;
    const all = [...this.#init, ...this.#containers];
    for (const container of all.filter(
      ({ state }) => state.running !== undefined,
    )) {
      context.recordEvent(pod, {
        type: 'Normal',
        reason: 'Killing',
        message: `Stopping container ${container.name}`,
        fieldPath: `spec.containers{${container.name}}`,
      });
    }
    Promise.allSettled(all.map(container => container.stop(graceMs))).then(
      onStopped,
      onStopped,
    );
  }

  /** Stops all containers after the node lost power. */
  async abandon(): Promise<void> {
    this.#isStopping = true;
    this.#cancelDeadline();
    await Promise.allSettled(
      [...this.#init, ...this.#containers].map(container =>
        container.abandon(),
      ),
    );
  }

  #changed(): void {
    if (!this.#isStopping) {
      this.#startNext();
      this.#endSidecars();
    }
    this.#options.onStatus();
  }

  /** Stops the sidecars once all other containers are finished. */
  #endSidecars(): void {
    const { restartPolicy, terminationGracePeriodSeconds = 30 } =
      this.#options.pod.spec;
    const isOver =
      restartPolicy !== 'Always' &&
      this.#containers.every(({ isFinished }) => isFinished);
    if (!isOver || this.#areSidecarsEnding) return;
    this.#areSidecarsEnding = true;
    for (const sidecar of this.#init.filter(
      ({ isSidecar, state }) => isSidecar && state.running !== undefined,
    ))
      sidecar.stop(terminationGracePeriodSeconds * 1000).catch(() => undefined);
  }

  #startNext(): void {
    const waiting = this.#init.find(
      ({ hasLetOthersStart }) => !hasLetOthersStart,
    );
    if (waiting !== undefined) {
      if (waiting.state.waiting?.reason === 'PodInitializing') waiting.start();
      return;
    }
    for (const container of this.#containers) {
      const reason = container.state.waiting?.reason;
      if (reason === 'ContainerCreating' || reason === 'PodInitializing')
        container.start();
    }
  }

  #watchDeadline(): void {
    const { context, pod } = this.#options;
    const seconds = pod.spec.activeDeadlineSeconds;
    if (seconds === undefined) return;
    const leftMs =
      Date.parse(this.#startTime) +
      seconds * 1000 -
      context.clock.now().getTime();
    this.#cancelDeadline = context.clock.schedule(Math.max(0, leftMs), () => {
      this.#isPastDeadline = true;
      this.stop(0);
      this.#options.onStatus();
    });
  }
}
