import type { Approval } from '@callboard/plugin-callboard-common';

/** Which release an environment of an app shall run. */
export interface EnvironmentReleaseRecord {
  app: string;
  environment: string;
  release: number;
  releasedBy: string;
  releasedAt: Date;
  /** Absent where nobody had to approve. */
  approval?: Approval;
}
