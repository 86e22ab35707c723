/** The rhythms of a node, in milliseconds. */
export interface KubeletTiming {
  /** First pause before a crashed container starts again; it doubles each time. The very first restart is at once. */
  crashBackOffMs: number;
  crashBackOffMaxMs: number;
  /** A container that ran this long starts with a fresh back-off. */
  backOffResetMs: number;
  imageBackOffMs: number;
  imageBackOffMaxMs: number;
  /** How soon a node acts on what it saw. */
  syncMs: number;
  /** While a container warms up, its readiness is asked this often. */
  warmUpMs: number;
}

/** A real kubelet's, but for `warmUpMs`. */
export const REAL_TIMING: KubeletTiming = {
  crashBackOffMs: 10_000,
  crashBackOffMaxMs: 300_000,
  backOffResetMs: 600_000,
  imageBackOffMs: 10_000,
  imageBackOffMaxMs: 300_000,
  syncMs: 200,
  warmUpMs: 500,
};
