import type { LogSelection } from '@callboard/plugin-callboard-common';

/** Which lines of an app's output are requested. */
export interface LogFilter extends LogSelection {
  instance?: string;
  /** Of the previous run. */
  previous?: boolean;
  /** Maximum number of lines, the last ones. */
  tail: number;
}

/** A request of one process to a cluster that another process reaches. */
export interface Question {
  id: string;
  kind: 'logs' | 'objects';
  cluster: string;
  app: string;
  environment: string;
  /** For logs. */
  filter?: LogFilter;
}
