import type { Approval } from '@callboard/plugin-callboard-common';

/** The desired release of an environment of an app. */
export interface EnvironmentReleaseRecord {
  app: string;
  environment: string;
  release: number;
  releasedBy: string;
  releasedAt: Date;
  /** Absent where no approval was required. */
  approval?: Approval;
}
