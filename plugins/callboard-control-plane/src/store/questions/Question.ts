import type { LogSelection } from '@callboard/plugin-callboard-common';

/** Which lines of an app's output somebody wants. */
export interface LogFilter extends LogSelection {
  instance?: string;
  /** Of the run before. */
  previous?: boolean;
  /** So many lines at most, the last ones. */
  tail: number;
}

/** What one process asks of a cluster that another one reaches. */
export interface Question {
  id: string;
  kind: 'logs' | 'objects';
  cluster: string;
  app: string;
  environment: string;
  /** Of logs. */
  filter?: LogFilter;
}
