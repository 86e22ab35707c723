/** The clusters that an environment of an app was placed on. */
export interface ChosenClusters {
  app: string;
  environment: string;
  /** Sorted by name. */
  clusters: readonly string[];
}

/** Publishes placements to another system. */
export interface PlacementPublisher {
  /** `hub acm`, for the log. */
  readonly name: string;
  /**
   * Reconciles the other system with all placements, on each call; placements
   * that are not listed are removed there. May be interrupted at any time and
   * is then called again. Rejects on failure, preferably with a ProblemError.
   */
  publish(
    placements: readonly ChosenClusters[],
    signal: AbortSignal,
  ): Promise<void>;
}
