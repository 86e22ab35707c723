/** As notifications of Backstage have it. */
export type Severity = 'high' | 'normal' | 'low';

/** Something of an app that its owners should look at. */
export interface Need {
  app: string;
  /** Empty where it is about the app alone: its newest push was not built. */
  environment: string;
  /** A code: that of a finding, `placement-unsatisfied`, `rollout-halted` or `build-failed`. */
  reason: string;
  /** Entity reference. */
  owner: string;
  severity: Severity;
  /** What is wrong, at most 200 characters. */
  what: string;
  /** What to do next, at most 500 characters. */
  next?: string;
}

/** What an app needs now, and of which places that is known. */
export interface AppNeeds {
  app: string;
  needs: Need[];
  /** Environments whose clusters answer, `''` for the app itself: only there something can be said to be over. */
  known: ReadonlySet<string>;
}

/** One entry per app, environment and reason: a later notification takes the place of the one before. */
export function keyOf({
  app,
  environment,
  reason,
}: Pick<Need, 'app' | 'environment' | 'reason'>): string {
  return `${app}/${environment}/${reason}`;
}
