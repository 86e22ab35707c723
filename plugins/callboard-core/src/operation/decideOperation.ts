import {
  type EnvironmentAction,
  type Problem,
  type Result,
  countOf,
  failed,
  listOf,
  ok,
  pluralOf,
} from '@callboard/plugin-callboard-common';
import type {
  OperatedEnvironment,
  OperatedWorkload,
  Operation,
  OperationAction,
} from './types';

/** Bounds of the replicas that a person may request, as in files. */
const REPLICAS = { min: 1, max: 1000 };

/** The decided operation, and its descriptions before and after. */
export interface OperationDecision {
  /** How the environment is operated after it. */
  operation: Operation;
  /** Whether its instances are restarted. */
  restarts: boolean;
  answer: EnvironmentAction;
}

/**
 * Decides what stopping, starting, restarting or scaling an environment does. A
 * request for the current state is granted and changes nothing, so that it can
 * be repeated without harm. Pure: the preview and the change get the same
 * answer.
 */
export function decideOperation(
  environment: OperatedEnvironment,
  action: OperationAction,
): Result<OperationDecision> {
  const { operation } = environment;
  switch (action.kind) {
    case 'stop':
      return ok(
        decide(environment, action, { ...operation, state: 'stopped' }),
      );
    case 'start':
      return ok(
        decide(environment, action, { ...operation, state: 'running' }),
      );
    case 'restart':
      return operation.state === 'stopped'
        ? failed(environmentStopped(environment))
        : ok(decide(environment, action, operation));
    case 'scale':
      return scale(environment, action);
    default:
      return action satisfies never;
  }
}

function scale(
  environment: OperatedEnvironment,
  action: Extract<OperationAction, { kind: 'scale' }>,
): Result<OperationDecision> {
  const { replicas } = action;
  const { min, max } = boundsOf(environment);
  if (
    replicas !== undefined &&
    (!Number.isInteger(replicas) || replicas < min || replicas > max)
  )
    return failed(outOfBounds(environment, replicas));
  if (environment.workloads.filter(isScalable).length === 0)
    return failed(notScalable(environment));
  const { state } = environment.operation;
  return ok(
    decide(environment, action, {
      state,
      ...(replicas !== undefined && { replicas }),
    }),
  );
}

function decide(
  environment: OperatedEnvironment,
  action: OperationAction,
  operation: Operation,
): OperationDecision {
  const restarts = action.kind === 'restart';
  const changes =
    restarts ||
    operation.state !== environment.operation.state ||
    operation.replicas !== environment.operation.replicas;
  return {
    operation,
    restarts,
    answer: {
      action: action.kind,
      changes,
      message: changes
        ? describe(environment, action)
        : describeNothing(environment, action),
      notes: changes ? notesOf(environment, action) : [],
      clusters: environment.clusters.map(
        ({ cluster, freshness, instances, running }) => ({
          cluster,
          freshness,
          instances,
          then: operation.state === 'stopped' ? 0 : running,
        }),
      ),
    },
  };
}

function describe(
  { app, title, declared, clusters, operation }: OperatedEnvironment,
  action: OperationAction,
): string {
  const where = `on ${listOf(clusters.map(({ cluster }) => cluster))}`;
  const of = clusters.length === 0 ? '' : ` ${where}`;
  const running = clusters.reduce((sum, each) => sum + each.instances, 0);
  switch (action.kind) {
    case 'stop':
      return `${countOf(running, 'instance')} of ${app} in ${title} ${pluralOf(
        running,
        'ends',
        'end',
      )}${of}, and nothing answers until it is started`;
    case 'start': {
      const then = clusters.reduce((sum, each) => sum + each.running, 0);
      return `${countOf(then, 'instance')} of ${app} in ${title} ${pluralOf(
        then,
        'starts',
        'start',
      )}${of}`;
    }
    case 'restart':
      return `${countOf(running, 'instance')} of ${app} in ${title} ${pluralOf(
        running,
        'is',
        'are',
      )} replaced by new ones${of}`;
    case 'scale': {
      const { replicas = declared } = action;
      const before = operation.replicas ?? declared;
      return `${app} in ${title} has ${countOf(
        replicas,
        'replica',
      )} of each workload instead of ${before}${of}`;
    }
    default:
      return action satisfies never;
  }
}

function describeNothing(
  { app, title, operation, declared }: OperatedEnvironment,
  { kind }: OperationAction,
): string {
  switch (kind) {
    case 'stop':
      return `${app} is stopped in ${title} already`;
    case 'scale':
      return `${app} has ${countOf(
        operation.replicas ?? declared,
        'replica',
      )} of each workload in ${title} already`;
    default:
      return `${app} is not stopped in ${title}`;
  }
}

/** Returns notes to read before the change. */
function notesOf(
  environment: OperatedEnvironment,
  action: OperationAction,
): string[] {
  const { workloads, resources, clusters, operation, hasWaves } = environment;
  const silent = clusters.filter(({ freshness }) => freshness !== 'live');
  const scaled = workloads.filter(isAutoscaled).map(({ name }) => name);
  const notes: string[] = [];
  if (action.kind === 'stop') {
    if (resources.length > 0)
      notes.push(
        `${listOf([...resources])} ${pluralOf(
          resources.length,
          'keeps',
          'keep',
        )} running, with ${pluralOf(resources.length, 'its', 'their')} data`,
      );
    notes.push('Releases and settings may still come; they do not start it');
  }
  if (action.kind === 'restart')
    notes.push(
      hasWaves
        ? 'It goes over the clusters in the waves of the environment, and can be paused and rolled back like a release'
        : 'New instances are ready before old ones end, where there is capacity for both',
    );
  if (action.kind === 'scale') {
    if (environment.isDivided)
      notes.push('They are divided over the clusters that it is placed on');
    if (scaled.length > 0)
      notes.push(
        `${listOf(scaled)} ${pluralOf(
          scaled.length,
          'has',
          'have',
        )} as many as the load asks for, and ${pluralOf(
          scaled.length,
          'is',
          'are',
        )} not changed`,
      );
    if (operation.state === 'stopped')
      notes.push('It is stopped: the number counts once it is started');
    if (action.replicas !== undefined)
      notes.push(
        'The number counts until somebody takes it back, whatever app.yaml says',
      );
  }
  if (silent.length > 0)
    notes.push(
      `${listOf(silent.map(({ cluster }) => cluster))} ${pluralOf(
        silent.length,
        'is',
        'are',
      )} out of contact and ${pluralOf(
        silent.length,
        'follows',
        'follow',
      )} when in contact again`,
    );
  return notes;
}

function isAutoscaled({ autoscaling }: OperatedWorkload): boolean {
  return autoscaling !== undefined;
}

/** Returns whether a number sets the instances of a workload. */
function isScalable(workload: OperatedWorkload): boolean {
  return (
    (workload.kind === 'Deployment' || workload.kind === 'StatefulSet') &&
    !isAutoscaled(workload)
  );
}

function environmentStopped({ app, title }: OperatedEnvironment): Problem {
  return {
    code: 'environment-stopped',
    what: `Cannot restart "${app}" in ${title}`,
    why: 'it is stopped there',
    next: 'Start it',
    transient: false,
  };
}

function boundsOf({ mostReplicas }: OperatedEnvironment): typeof REPLICAS {
  const { min, max } = REPLICAS;
  return { min, max: Math.min(max, mostReplicas ?? max) };
}

function outOfBounds(
  environment: OperatedEnvironment,
  replicas: number,
): Problem {
  const { app, title } = environment;
  const { min, max } = boundsOf(environment);
  return {
    code: 'replicas-out-of-bounds',
    what: `Cannot scale "${app}" to ${replicas} in ${title}`,
    why: `an environment has from ${min} to ${max} replicas`,
    next:
      replicas === 0 ? 'Stop it instead' : `Use a number from ${min} to ${max}`,
    transient: false,
  };
}

function notScalable({ app, title, workloads }: OperatedEnvironment): Problem {
  const scaled = workloads.some(isAutoscaled);
  return {
    code: 'not-scalable',
    what: `Cannot scale "${app}" in ${title}`,
    why: scaled
      ? 'the load says how many instances its workloads have'
      : 'none of its workloads has a number of replicas',
    next: scaled
      ? 'Change "autoscaling" in app.yaml and push'
      : 'A DaemonSet has as many as there are nodes, and a task one at a time',
    transient: false,
  };
}
