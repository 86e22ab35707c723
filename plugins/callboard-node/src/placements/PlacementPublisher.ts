/** The clusters that an environment of an app was placed on. */
export interface ChosenClusters {
  app: string;
  environment: string;
  /** Sorted by name. */
  clusters: readonly string[];
}

/** Tells another system where apps are placed. */
export interface PlacementPublisher {
  /** `hub acm`, for the log. */
  readonly name: string;
  /**
   * Brings the other system to what is given: all placements, each time; what is
   * not among them is removed there. May be cut short at any time and is then
   * called again. Rejects, best with a ProblemError, where it does not work.
   */
  publish(
    placements: readonly ChosenClusters[],
    signal: AbortSignal,
  ): Promise<void>;
}
