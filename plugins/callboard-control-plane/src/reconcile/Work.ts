import { type DeploymentKey, subjectOf } from '../store';

/** What the queue runs, one reconciler each. */
export type Work =
  /** `owner`: of the app. */
  | { kind: 'build'; app: string; owner?: string }
  | { kind: 'placement'; app: string; environment: string }
  | { kind: 'rollout'; app: string; environment: string }
  | { kind: 'blueprint-rollout'; blueprint: string }
  | { kind: 'delivery'; key: DeploymentKey }
  /** Lets apps come back to clusters that were lost. */
  | { kind: 'failback' }
  | { kind: 'agent'; cluster: string }
  | { kind: 'agent-upgrades' };

/** Same key, same work. */
export function keyOfWork(work: Work): string {
  switch (work.kind) {
    case 'build':
      return `build/${work.app}`;
    case 'placement':
      return `placement/${work.app}/${work.environment}`;
    case 'rollout':
      return `rollout/${work.app}/${work.environment}`;
    case 'blueprint-rollout':
      return `blueprint-rollout/${work.blueprint}`;
    case 'delivery':
      return `delivery/${subjectOf(work.key)}`;
    case 'failback':
      return 'failback';
    case 'agent':
      return `agent/${work.cluster}`;
    case 'agent-upgrades':
      return work.kind;
    default:
      return work satisfies never;
  }
}

/** Every cluster has a lane of its own: one that hangs delays nobody else. */
export function laneOfWork(work: Work): string {
  if (work.kind === 'delivery') return `cluster/${work.key.cluster}`;
  if (work.kind === 'agent') return `cluster/${work.cluster}`;
  // What decides where apps run runs one after the other: no two are promised the same capacity.
  return work.kind === 'failback' ? 'placement' : work.kind;
}
