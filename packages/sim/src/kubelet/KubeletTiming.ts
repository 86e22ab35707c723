/** Delays of a node, in milliseconds. */
export interface KubeletTiming {
  /**
   * First back-off before a crashed container starts again; it doubles each
   * time. The very first restart is immediate.
   */
  crashBackOffMs: number;
  crashBackOffMaxMs: number;
  /** A container that ran this long starts with a reset back-off. */
  backOffResetMs: number;
  imageBackOffMs: number;
  imageBackOffMaxMs: number;
  /** Delay between an observation and the node's reaction. */
  syncMs: number;
  /** Interval of readiness probes while a container warms up. */
  warmUpMs: number;
}

/** The values of a real kubelet, except for `warmUpMs`. */
export const REAL_TIMING: KubeletTiming = {
  crashBackOffMs: 10_000,
  crashBackOffMaxMs: 300_000,
  backOffResetMs: 600_000,
  imageBackOffMs: 10_000,
  imageBackOffMaxMs: 300_000,
  syncMs: 200,
  warmUpMs: 500,
};
