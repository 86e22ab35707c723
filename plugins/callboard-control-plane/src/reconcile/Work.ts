import { type DeploymentKey, subjectOf } from '../store';

/** Items of work in the queue, one reconciler each. */
export type Work =
  /** `owner`: of the app. */
  | { kind: 'build'; app: string; owner?: string }
  | { kind: 'placement'; app: string; environment: string }
  | { kind: 'rollout'; app: string; environment: string }
  | { kind: 'blueprint-rollout'; blueprint: string }
  | { kind: 'delivery'; key: DeploymentKey }
  /** Moves apps back to clusters that were lost. */
  | { kind: 'failback' }
  | { kind: 'agent'; cluster: string }
  | { kind: 'agent-upgrades' };

/** Returns the key of a piece of work; the same key means the same work. */
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

/** Every cluster has its own lane: a cluster that hangs delays no other. */
export function laneOfWork(work: Work): string {
  if (work.kind === 'delivery') return `cluster/${work.key.cluster}`;
  if (work.kind === 'agent') return `cluster/${work.cluster}`;
  // Placement decisions run one after the other: capacity is never promised twice.
  return work.kind === 'failback' ? 'placement' : work.kind;
}
