import type {
  Cluster,
  ClusterJoin,
  HealthStatus,
  JoinStep,
  JoinStepName,
} from '@callboard/plugin-callboard-common';

/** State of a step: of those to come, only the next one is waiting. */
export type JoinStanding = 'done' | 'waiting' | 'failed' | 'to come';

export interface ShownJoinStep {
  step: JoinStepName;
  title: string;
  standing: JoinStanding;
  /** The shape of the status. */
  status: HealthStatus;
  at?: string;
  /** The current activity, or the error with its next step. */
  message?: string;
}

const TITLES: Record<JoinStepName, string> = {
  registered: 'Registered',
  'token-used': 'Token used',
  connected: 'Connected',
  'rights-checked': 'Rights checked',
  inventory: 'First inventory',
  ready: 'Ready',
};

/** Description of the current step, when the API sends none. */
const WAITS: Record<JoinStepName, string> = {
  registered: 'The portal registers it',
  'token-used': 'Waits for the command above to be run',
  connected: 'The agent starts and dials out',
  'rights-checked':
    'The rights of the agent are compared with the rights it needs',
  inventory: 'Nodes, capacity and versions are read',
  ready: 'Its blueprint, if any, is applied; then apps can be placed here',
};

const SHAPES: Record<JoinStanding, HealthStatus> = {
  done: 'Healthy',
  waiting: 'Progressing',
  failed: 'Degraded',
  'to come': 'Missing',
};

/** Lists the steps with their state. */
export function listJoinSteps({ steps }: ClusterJoin): ShownJoinStep[] {
  const current = steps.findIndex(({ state }) => state !== 'done');
  return steps.map((entry, index) => {
    const standing = standingOf(entry, index === current);
    return {
      step: entry.step,
      title: TITLES[entry.step],
      standing,
      status: SHAPES[standing],
      ...(entry.at !== undefined && { at: entry.at }),
      ...withMessage(
        entry.message ??
          (standing === 'waiting' ? WAITS[entry.step] : undefined),
      ),
    };
  });
}

function withMessage(message: string | undefined): { message?: string } {
  return message === undefined ? {} : { message };
}

function standingOf({ state }: JoinStep, isCurrent: boolean): JoinStanding {
  if (state !== 'waiting') return state;
  return isCurrent ? 'waiting' : 'to come';
}

/** Whether the cluster is a full member of the fleet. */
export function hasJoined({ steps }: ClusterJoin): boolean {
  return steps.every(({ state }) => state === 'done');
}

/** Whether the registration was used: its command is useless afterwards. */
export function hasUsedToken({ steps }: ClusterJoin): boolean {
  return steps.some(
    ({ step, state }) => step === 'token-used' && state === 'done',
  );
}

/** Describes the progress of the cluster in words. */
export function describeJoin(cluster: Cluster, join: ClusterJoin): string {
  const { name } = cluster;
  if (hasJoined(join)) return `${name} has joined the fleet.`;
  const failed = join.steps.find(({ state }) => state === 'failed');
  if (failed)
    return `${name} cannot join: it stopped at “${lower(
      TITLES[failed.step],
    )}”.`;
  if (!hasUsedToken(join))
    return `${name} is registered. It joins when its command is run where kubectl reaches it.`;
  const next = join.steps.find(({ state }) => state !== 'done')!;
  const done = join.steps.filter(({ state }) => state === 'done').length;
  return `${name} is joining: ${done} of ${
    join.steps.length
  } steps are done, “${lower(TITLES[next.step])}” is next.`;
}

/** Status beside the sentence. */
export function statusOfJoin(join: ClusterJoin): HealthStatus {
  if (hasJoined(join)) return 'Healthy';
  return join.steps.some(({ state }) => state === 'failed')
    ? 'Degraded'
    : 'Progressing';
}

function lower(text: string): string {
  return `${text.charAt(0).toLocaleLowerCase('en')}${text.slice(1)}`;
}
