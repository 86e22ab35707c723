import type { Health } from '@callboard/plugin-callboard-common';
import type { DeploymentState } from '../../store';
import type { DesiredPlace } from './wantReleases';

/** A deployment of which only is known that it is wanted. */
export const NOTHING_YET: DeploymentState = {
  sync: 'Unknown',
  health: progressing('Placed', 'It was placed here'),
  instances: { ready: 0, wanted: 0 },
  urls: [],
  parts: [],
  drift: [],
  findings: [],
  inventory: {},
};

/** What was known of another release says nothing of this one. */
export function arriving(
  before: DeploymentState,
  { release, replicas }: DesiredPlace,
): DeploymentState {
  const { problem: _solved, desiredReplicas: _divided, ...state } = before;
  return {
    ...state,
    desiredRelease: release,
    ...(replicas !== undefined && { desiredReplicas: replicas }),
    sync: 'OutOfSync',
    health: progressing('Releasing', `Release ${release} is on its way`),
    findings: [],
  };
}

/**
 * Another number of copies of the same release. Where there are to be more of
 * them it is not there yet, so that anyone who waits for them waits; where there
 * are to be fewer, those that stay are as they were.
 */
export function resizing(
  before: DeploymentState,
  replicas: number | undefined,
): DeploymentState {
  const { desiredReplicas, ...state } = before;
  const size = replicas === undefined ? {} : { desiredReplicas: replicas };
  if ((replicas ?? Infinity) <= (desiredReplicas ?? Infinity))
    return { ...state, ...size };
  return {
    ...state,
    ...size,
    sync: 'OutOfSync',
    health: progressing(
      'Growing',
      replicas === undefined
        ? 'More instances are wanted here'
        : `${replicas} instances are wanted here, ${desiredReplicas} before`,
    ),
  };
}

/** A deployment that is no longer wanted; what it was applied as is known until it is gone. */
export function leaving(before: DeploymentState): DeploymentState {
  const {
    desiredRelease: _left,
    desiredReplicas: _divided,
    desiredFingerprint: _unwanted,
    problem: _solved,
    ...state
  } = before;
  return {
    ...state,
    sync: 'OutOfSync',
    health: progressing('Removing', 'It is being removed'),
    findings: [],
  };
}

function progressing(reason: string, message: string): Health {
  return { status: 'Progressing', reason, message };
}
