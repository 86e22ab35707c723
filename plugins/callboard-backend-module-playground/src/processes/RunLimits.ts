/** Limits of one process of pushed code with all its child processes. */
export interface RunLimits {
  memoryBytes: number;
  processes: number;
  /** Limit of its folders, and of any single file. */
  diskBytes: number;
  /** CPU limit in millicores; enforced where this machine has control groups. */
  cpuMillicores: number;
}

/** Limits of a workload that sets none. */
export const DEFAULT_RUN_LIMITS: RunLimits = {
  memoryBytes: 512 * 1024 ** 2,
  processes: 100,
  diskBytes: 512 * 1024 ** 2,
  cpuMillicores: 1_000,
};

/** Returns the limits of a run: the workload's where it sets them, else the playground's. */
export function runLimitsOf({
  memoryLimitBytes,
  cpuLimitMillicores,
  limits = DEFAULT_RUN_LIMITS,
}: {
  memoryLimitBytes?: number;
  cpuLimitMillicores?: number;
  limits?: RunLimits;
}): RunLimits {
  return {
    ...limits,
    ...(memoryLimitBytes && { memoryBytes: memoryLimitBytes }),
    ...(cpuLimitMillicores && { cpuMillicores: cpuLimitMillicores }),
  };
}
