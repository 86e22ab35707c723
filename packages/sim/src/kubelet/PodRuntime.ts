import type { Socket } from 'node:net';

/** Runs containers of images it knows; everything else is played by stages. */
export interface PodRuntime {
  readonly name: string;
  runs(image: string): boolean;
  start(input: ContainerStart): RunningContainer;
}

/** All that a runtime needs to start one container, and where it reports. */
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
  /** Memory that the container may use, where its pod says so. */
  memoryLimitBytes?: number;
  /** Thousandths of a processor that it may use, where its pod says so. */
  cpuLimitMillicores?: number;
  workingDir?: string;
  /** Claims that are mounted, by absolute path. */
  claims?: Readonly<Record<string, MountedClaim>>;
  /** Ports of the services of its namespace, as they are now. */
  services?: readonly ReachableService[];
  /** Lines that it wrote, oldest first. */
  onLog(lines: readonly string[]): void;
  onExit(exit: ContainerExit): void;
  /** The container never began: `ErrImagePull`, `CreateContainerError`, … */
  onStartFailed(problem: { reason: string; message: string }): void;
}

/** What a container takes, measured over the window that ends at an instant. */
export interface ContainerUsage {
  /** Billionths of a processor. */
  cpuNanocores: number;
  memoryBytes: number;
  at: Date;
  windowMs: number;
}

/** A claim that a container has mounted. Another one of the same name has another uid. */
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
  /** A ready pod behind it, asked per connection; undefined when there is none. */
  address(): Address | undefined;
  /** Whether pods behind it are ready and all are played: nothing will ever listen. */
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
  /** What it takes; undefined until it was measured. */
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
