import type { Socket } from 'node:net';

/** Runs containers of images it supports; all others are simulated by stages. */
export interface PodRuntime {
  readonly name: string;
  runs(image: string): boolean;
  start(input: ContainerStart): RunningContainer;
}

/** The input that a runtime needs to start one container, and its callbacks. */
export interface ContainerStart {
  cluster: string;
  namespace: string;
  pod: string;
  podUid: string;
  labels: Record<string, string>;
  container: string;
  image: string;
  command?: string[];
  args?: string[];
  env: Record<string, string>;
  /** Mounted files by absolute path. */
  files: Record<string, { content: Uint8Array; mode: number }>;
  ports: number[];
  /** Memory limit of the container, where its pod sets one. */
  memoryLimitBytes?: number;
  /** CPU limit of the container in millicores, where its pod sets one. */
  cpuLimitMillicores?: number;
  workingDir?: string;
  /** Mounted claims by absolute path. */
  claims?: Readonly<Record<string, MountedClaim>>;
  /** Ports of the services of its namespace, at the time of the start. */
  services?: readonly ReachableService[];
  /** Called with written lines, oldest first. */
  onLog(lines: readonly string[]): void;
  onExit(exit: ContainerExit): void;
  /** Called when the container could not be started: `ErrImagePull`, `CreateContainerError`, … */
  onStartFailed(problem: { reason: string; message: string }): void;
}

/** Usage of a container, measured over the window that ends at an instant. */
export interface ContainerUsage {
  /** Billionths of a CPU. */
  cpuNanocores: number;
  memoryBytes: number;
  at: Date;
  windowMs: number;
}

/** A claim that a container has mounted. A later claim of the same name has another uid. */
export interface MountedClaim {
  cluster: string;
  namespace: string;
  name: string;
  uid: string;
}

/** One port of a service, as a container of its namespace can reach it. */
export interface ReachableService {
  name: string;
  port: number;
  /** Labels of the pods behind it. */
  selector: Readonly<Record<string, string>>;
  /** Returns a ready pod behind it, called per connection; undefined when there is none. */
  address(): Address | undefined;
  /** True when pods behind it are ready and all are simulated: nothing will ever listen. */
  isPlayed(): boolean;
}

export interface ContainerExit {
  code: number;
  signal?: string;
  reason?: string;
  message?: string;
}

export interface RunningContainer {
  /** Resolves a container port to an address on this machine. */
  addressOf(port: number): Address | undefined;
  stop(graceMs: number): Promise<void>;
  /** Returns its usage; undefined until it was measured. */
  usage?(): ContainerUsage | undefined;
  exec?(
    command: string[],
    timeoutMs: number,
  ): Promise<{ code: number; output: string }>;
}

export interface Address {
  host: string;
  port: number;
  /** Opens a connection where `host` and `port` cannot be reached from here; rejects when nothing listens. */
  dial?(): Promise<Socket>;
}
