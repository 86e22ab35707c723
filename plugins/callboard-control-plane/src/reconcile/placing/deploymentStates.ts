import type { Health } from '@callboard/plugin-callboard-common';
import type { DeploymentState } from '../../store';

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
  release: number,
): DeploymentState {
  const { problem: _solved, ...state } = before;
  return {
    ...state,
    desiredRelease: release,
    sync: 'OutOfSync',
    health: progressing('Releasing', `Release ${release} is on its way`),
    findings: [],
  };
}

/** A deployment that is no longer wanted; what it was applied as is known until it is gone. */
export function leaving(before: DeploymentState): DeploymentState {
  const {
    desiredRelease: _left,
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
