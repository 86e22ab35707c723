/** Use of a container: thousandths of a CPU, bytes of memory. */
export interface UsageAmounts {
  cpuMillicores: number;
  memoryBytes: number;
}

/** Use of a container of a pod, as a cluster measured it. */
export interface ContainerMeasurement extends UsageAmounts {
  container: string;
}

/** Use of a pod, as a cluster measured it. */
export interface PodMeasurement {
  namespace: string;
  pod: string;
  /** End of the measured interval. */
  at: Date;
  containers: ContainerMeasurement[];
}

/** The highest use of any replica's container in an interval. */
export interface UsagePoint extends UsageAmounts {
  /** Start of the interval, ms. */
  atMs: number;
}
