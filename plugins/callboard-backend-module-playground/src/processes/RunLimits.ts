/** What one process of pushed code, with all that it starts, may take. */
export interface RunLimits {
  memoryBytes: number;
  processes: number;
  /** Of its folders, and of any single file. */
  diskBytes: number;
}

/** For a workload that asks for nothing. */
export const DEFAULT_RUN_LIMITS: RunLimits = {
  memoryBytes: 512 * 1024 ** 2,
  processes: 100,
  diskBytes: 512 * 1024 ** 2,
};

/** The limits of a run: the workload's where it asks, else the playground's. */
export function runLimitsOf(memoryLimitBytes: number | undefined): RunLimits {
  return {
    ...DEFAULT_RUN_LIMITS,
    ...(memoryLimitBytes && { memoryBytes: memoryLimitBytes }),
  };
}
