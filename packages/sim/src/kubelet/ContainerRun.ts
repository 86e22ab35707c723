import { timestamp } from '../clock';
import type { Container, ContainerState, ContainerStatus, Pod } from '../kinds';
import { BackOff } from './BackOff';
import { ContainerEvents } from './ContainerEvents';
import { ContainerHealth } from './ContainerHealth';
import type { ContainerLog } from './ContainerLog';
import type { NodeContext } from './NodeContext';
import {
  chooseStage,
  drawSpan,
  playContainer,
  type PlayedAs,
} from './playedRuntime';
import { type ContainerStage, OUTCOME_ANNOTATIONS } from './ContainerStage';
import type {
  ContainerExit,
  ContainerStart,
  ContainerUsage,
  RunningContainer,
} from './PodRuntime';
import { prepareStart, type PreparedStart } from './prepareStart';
import { ConfigProblem } from './resolveContainer';

export interface ContainerRunOptions {
  context: NodeContext;
  pod: Pod;
  container: Container;
  podIp: string;
  isInit: boolean;
  /** The status that was written before a restart of the simulator. */
  before: ContainerStatus | undefined;
  onChange(): void;
}

const SIGNALS: Readonly<Record<string, number>> = {
  SIGHUP: 1,
  SIGINT: 2,
  SIGQUIT: 3,
  SIGABRT: 6,
  SIGKILL: 9,
  SIGSEGV: 11,
  SIGTERM: 15,
};

/**
 * One container of one pod over all its restarts: waits, pulls, runs, ends,
 * backs off, runs again.
 */
export class ContainerRun {
  readonly #options: ContainerRunOptions;
  #state: ContainerState;
  #lastState: ContainerState = {};
  #restartCount = 0;
  #isReady = false;
  #isStarted = false;
  #hasStartedOnce = false;
  #running: RunningContainer | undefined;
  #log: ContainerLog | undefined;
  #health: ContainerHealth | undefined;
  readonly #events: ContainerEvents;
  readonly #crashBackOff: BackOff;
  readonly #imageBackOff: BackOff;
  #cancelTimer = () => {};
  #isStopping = false;
  #generation = 0;

  constructor(options: ContainerRunOptions) {
    this.#options = options;
    const { timing } = options.context;
    this.#events = new ContainerEvents(options);
    this.#crashBackOff = new BackOff({
      firstMs: timing.crashBackOffMs,
      mostMs: timing.crashBackOffMaxMs,
      isFirstFree: true,
    });
    this.#imageBackOff = new BackOff({
      firstMs: timing.imageBackOffMs,
      mostMs: timing.imageBackOffMaxMs,
      isFirstFree: false,
    });
    this.#state = {
      waiting: {
        reason:
          (options.pod.spec.initContainers ?? []).length > 0
            ? 'PodInitializing'
            : 'ContainerCreating',
      },
    };
    if (options.before !== undefined) this.#resume(options.before);
  }

  get name(): string {
    return this.#options.container.name;
  }

  get state(): ContainerState {
    return this.#state;
  }

  get isReady(): boolean {
    return this.#isReady;
  }

  /** True for an init container that runs beside the others, for as long as they do. */
  get isSidecar(): boolean {
    const { isInit, container } = this.#options;
    return isInit && container.restartPolicy === 'Always';
  }

  /** True when the next containers may start: it succeeded, or, for a sidecar, has started once. */
  get hasLetOthersStart(): boolean {
    return this.isSidecar
      ? this.#hasStartedOnce
      : this.#state.terminated?.exitCode === 0;
  }

  /** True when it ended and its restart policy does not restart it. */
  get isFinished(): boolean {
    return (
      this.#state.terminated !== undefined &&
      !this.#restarts(this.#state.terminated.exitCode)
    );
  }

  /** Starts the container, unless it runs, is finished or is being stopped. */
  start(): void {
    if (this.#running !== undefined || this.isFinished || this.#isStopping)
      return;
    this.#create();
  }

  status(): ContainerStatus {
    const { container } = this.#options;
    const isRunning = this.#state.running !== undefined;
    const hasRun =
      isRunning ||
      this.#state.terminated !== undefined ||
      this.#lastState.terminated !== undefined;
    return {
      ...(hasRun ? { containerID: this.#containerId() } : {}),
      image: container.image,
      imageID: hasRun ? `${container.image.split('@')[0]}@sim` : '',
      lastState: this.#lastState,
      name: container.name,
      ready:
        this.#options.isInit && !this.isSidecar
          ? this.#state.terminated?.exitCode === 0
          : this.#isReady,
      restartCount: this.#restartCount,
      started: this.#isStarted && isRunning,
      state: this.#state,
    };
  }

  addressOf(port: number) {
    return this.#running?.addressOf(port);
  }

  /** Returns the current usage; undefined while it does not run or is not measured yet. */
  usage(): ContainerUsage | undefined {
    return this.#running?.usage?.();
  }

  /** Stops the container for good, within its grace period. */
  async stop(graceMs: number): Promise<void> {
    this.#isStopping = true;
    this.#cancelTimer();
    this.#health?.stop();
    if (this.#isReady) {
      this.#isReady = false;
      this.#options.onChange();
    }
    await this.#stopRunning(graceMs);
  }

  /** Stops the container after its node lost power: nothing is reported. */
  async abandon(): Promise<void> {
    this.#generation += 1;
    this.#isStopping = true;
    this.#cancelTimer();
    this.#health?.stop();
    await this.#running?.stop(0);
    this.#log?.close();
  }

  #resume({ restartCount, lastState, state }: ContainerStatus): void {
    const { context } = this.#options;
    this.#restartCount = restartCount;
    this.#lastState = lastState;
    if (state.terminated !== undefined) this.#resumeEnded(state.terminated);
    if (state.running === undefined) return;
    this.#restartCount += 1;
    const finishedAt = timestamp(context.clock.now());
    this.#lastState = {
      terminated: {
        exitCode: 255,
        reason: 'Unknown',
        startedAt: state.running.startedAt,
        finishedAt,
      },
    };
  }

  /** The restart of the simulator ends the back-off before the container's restart. */
  #resumeEnded(terminated: NonNullable<ContainerState['terminated']>): void {
    if (this.#restarts(terminated.exitCode)) {
      this.#lastState = { terminated };
      this.#restartCount += 1;
    } else {
      this.#state = { terminated };
    }
  }

  #create(): void {
    this.#cancelTimer();
    const { context, container } = this.#options;
    if (context.runtimeOf(container.image) !== undefined) {
      this.#launch();
      return;
    }
    const stage = chooseStage(context.stages, this.#playedAs(), context.random);
    this.#events.pulling();
    const pullMs = drawSpan(stage.pullMs, context.random);
    this.#later(pullMs, () => {
      if (stage.then.kind === 'fails-to-pull') {
        this.#failToStart({
          reason: 'ErrImagePull',
          message: `failed to pull image ${JSON.stringify(container.image)}: ${
            stage.then.message
          }`,
        });
        return;
      }
      this.#events.pulled(pullMs);
      this.#launch(stage);
    });
  }

  #playedAs(): PlayedAs {
    const { pod, container } = this.#options;
    const annotations = pod.metadata.annotations ?? {};
    return {
      image: container.image,
      words: container.args ?? container.command ?? [],
      outcome: OUTCOME_ANNOTATIONS.map(name => annotations[name]).find(
        value => value !== undefined,
      ),
      isOfJob:
        !this.isSidecar &&
        (pod.metadata.ownerReferences?.some(({ kind }) => kind === 'Job') ??
          false),
    };
  }

  #launch(stage?: ContainerStage): void {
    const { context, container } = this.#options;
    const input = this.#prepare();
    if (input === undefined) return;
    this.#generation += 1;
    const generation = this.#generation;
    this.#log = context.logs.open(input.podUid, container.name);
    const log = this.#log;
    const isCurrent = () => generation === this.#generation;
    const start: ContainerStart = {
      ...input,
      onLog: lines => log.append(lines),
      onExit: exit => isCurrent() && this.#ended(exit),
      onStartFailed: problem => isCurrent() && this.#failToStart(problem),
    };
    this.#state = { running: { startedAt: timestamp(context.clock.now()) } };
    this.#events.started();
    const running = this.#run(start, stage);
    if (running === undefined) return;
    if (this.#state.running === undefined) return; // it ended within the call
    this.#running = running;
    this.#watchHealth(running);
    this.#options.onChange();
  }

  #run(
    start: ContainerStart,
    stage: ContainerStage | undefined,
  ): RunningContainer | undefined {
    const { context } = this.#options;
    const runtime =
      stage === undefined ? context.runtimeOf(start.image) : undefined;
    if (runtime === undefined)
      return playContainer(
        stage ?? context.stages[context.stages.length - 1],
        start,
        context,
      );
    try {
      return runtime.start(start);
    } catch (error) {
      this.#failToStart({
        reason: 'RunContainerError',
        message: (error as Error).message,
      });
      return undefined;
    }
  }

  #prepare(): PreparedStart | undefined {
    const { context, pod, container, podIp } = this.#options;
    try {
      return prepareStart(context, pod, { container, podIp });
    } catch (error) {
      if (!(error instanceof ConfigProblem)) throw error;
      this.#wait('CreateContainerConfigError', error.message);
      this.#events.failed(error.message);
      this.#later(context.timing.syncMs * 10, () => this.#create());
      return undefined;
    }
  }

  #ended({ code, signal, reason, message }: ContainerExit): void {
    const { context } = this.#options;
    const startedAt =
      this.#state.running?.startedAt ?? timestamp(context.clock.now());
    const ranMs = context.clock.now().getTime() - Date.parse(startedAt);
    this.#running = undefined;
    this.#health?.stop();
    this.#log?.close();
    this.#isReady = false;
    this.#isStarted = false;
    this.#state = {
      terminated: {
        containerID: this.#containerId(),
        exitCode: code,
        ...(signal === undefined || SIGNALS[signal] === undefined || code !== 0
          ? {}
          : { signal: SIGNALS[signal] }),
        reason: reason ?? (code === 0 ? 'Completed' : 'Error'),
        ...(message === undefined ? {} : { message }),
        startedAt,
        finishedAt: timestamp(context.clock.now()),
      },
    };
    this.#options.onChange();
    if (this.#isStopping || !this.#restarts(code)) return;
    if (ranMs > context.timing.backOffResetMs) this.#crashBackOff.reset();
    this.#later(context.timing.syncMs, () => this.#restart());
  }

  #restarts(code: number): boolean {
    if (this.isSidecar) return !this.#isStopping;
    const policy = this.#options.pod.spec.restartPolicy ?? 'Always';
    if (this.#options.isInit) return code !== 0 && policy !== 'Never';
    return policy === 'Always' || (policy === 'OnFailure' && code !== 0);
  }

  /** Restarts at once the first time, then after a back-off that doubles. */
  #restart(): void {
    const pauseMs = this.#crashBackOff.take();
    const again = () => {
      this.#restartCount += 1;
      this.#create();
    };
    if (this.#state.terminated !== undefined)
      this.#lastState = { terminated: this.#state.terminated };
    if (pauseMs === 0) {
      again();
      return;
    }
    const where = this.#events.crashBackOff(pauseMs);
    this.#wait('CrashLoopBackOff', where);
    this.#later(pauseMs, again);
  }

  #failToStart(problem: { reason: string; message: string }): void {
    const { timing } = this.#options.context;
    const { reason, message } = problem;
    this.#running = undefined;
    this.#health?.stop();
    const isImage = /image/i.test(reason);
    this.#wait(reason, message);
    if (isImage) this.#events.pullFailed(problem);
    else this.#events.failed(message);
    const pauseMs = isImage ? this.#imageBackOff.take() : timing.crashBackOffMs;
    this.#later(timing.syncMs * 5, () => {
      if (isImage)
        this.#wait('ImagePullBackOff', this.#events.pullBackOff(problem));
      this.#later(pauseMs, () => this.#create());
    });
  }

  #watchHealth(running: RunningContainer): void {
    const { container, context, podIp, isInit } = this.#options;
    if (isInit && !this.isSidecar) return;
    this.#health = new ContainerHealth({
      target: { running, container, podIp },
      clock: context.clock,
      warmUpMs: context.timing.warmUpMs,
      onStarted: () => {
        this.#isStarted = true;
        this.#hasStartedOnce = true;
        this.#options.onChange();
      },
      onReady: isReady => this.#setReady(isReady),
      onFailure: message => this.#events.unhealthy(message),
      onDead: probe => this.#kill(probe),
    });
    this.#health.watch();
  }

  #setReady(isReady: boolean): void {
    if (this.#isReady === isReady) return;
    this.#isReady = isReady;
    this.#options.onChange();
  }

  #kill(probe: 'liveness' | 'startup'): void {
    const graceMs =
      (this.#options.pod.spec.terminationGracePeriodSeconds ?? 30) * 1000;
    this.#events.killing(probe);
    this.#health?.stop();
    this.#stopRunning(graceMs).catch(() => undefined);
  }

  /**
   * A runtime may stop without a call of `onExit` (its process serves others
   * too): the container has ended all the same.
   */
  async #stopRunning(graceMs: number): Promise<void> {
    const running = this.#running;
    if (running === undefined) return;
    await running.stop(graceMs);
    if (this.#running === running) this.#ended({ code: 0 });
  }

  #wait(reason: string, message: string): void {
    this.#state = { waiting: { reason, message } };
    this.#options.onChange();
  }

  #later(ms: number, callback: () => void): void {
    this.#cancelTimer();
    this.#cancelTimer = this.#options.context.clock.schedule(ms, () => {
      if (!this.#isStopping) callback();
    });
  }

  #containerId(): string {
    return `callboard-sim://${this.#options.pod.metadata.uid}-${this.name}-${
      this.#restartCount
    }`;
  }
}
