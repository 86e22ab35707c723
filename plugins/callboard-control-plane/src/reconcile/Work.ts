import { type DeploymentKey, subjectOf } from '../store';

/** What the queue runs, one reconciler each. */
export type Work =
  | { kind: 'build'; app: string }
  | { kind: 'placement'; app: string; environment: string }
  | { kind: 'delivery'; key: DeploymentKey };

/** Same key, same work. */
export function keyOfWork(work: Work): string {
  switch (work.kind) {
    case 'build':
      return `build/${work.app}`;
    case 'placement':
      return `placement/${work.app}/${work.environment}`;
    case 'delivery':
      return `delivery/${subjectOf(work.key)}`;
    default:
      return work satisfies never;
  }
}

/** Every cluster has a lane of its own: one that hangs delays nobody else. */
export function laneOfWork(work: Work): string {
  return work.kind === 'delivery' ? `cluster/${work.key.cluster}` : work.kind;
}
