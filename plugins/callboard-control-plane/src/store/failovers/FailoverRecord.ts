/** Identifies a failover: an app, its environment, and the lost cluster. */
export interface FailoverKey {
  app: string;
  environment: string;
  cluster: string;
}

/** An app that left a lost cluster and has not come back. */
export interface FailoverRecord extends FailoverKey {
  /** Clusters that replace it. */
  standIns: string[];
  /** `returning`: it may come back, and is placed there at the next decision. */
  state: 'away' | 'returning';
  since: Date;
}

/** One text per app, environment and cluster. */
export function subjectOfFailover(key: FailoverKey): string {
  return `${key.app}/${key.environment}/${key.cluster}`;
}
