/** What a container takes: thousandths of a processor, bytes of memory. */
export interface UsageAmounts {
  cpuMillicores: number;
  memoryBytes: number;
}

/** What a container of a pod takes, as a cluster measured it. */
export interface ContainerMeasurement extends UsageAmounts {
  container: string;
}

/** What a pod takes, as a cluster measured it. */
export interface PodMeasurement {
  namespace: string;
  pod: string;
  /** End of the interval over which it was measured. */
  at: Date;
  containers: ContainerMeasurement[];
}

/** The most that any replica's container took within an interval. */
export interface UsagePoint extends UsageAmounts {
  /** When the interval begins, ms. */
  atMs: number;
}
