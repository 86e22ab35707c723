/** What one process of pushed code, with all that it starts, may take. */
export interface RunLimits {
  memoryBytes: number;
  processes: number;
  /** Of its folders, and of any single file. */
  diskBytes: number;
  /** Thousandths of a processor; held where this machine has control groups. */
  cpuMillicores: number;
}

/** For a workload that asks for nothing. */
export const DEFAULT_RUN_LIMITS: RunLimits = {
  memoryBytes: 512 * 1024 ** 2,
  processes: 100,
  diskBytes: 512 * 1024 ** 2,
  cpuMillicores: 1_000,
};

/** The limits of a run: the workload's where it asks, else the playground's. */
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
