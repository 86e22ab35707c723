import type {
  Problem,
  RolloutActionName,
} from '@callboard/plugin-callboard-common';
import {
  type OfferedAction,
  describeEntity,
  describeOffers,
  viewRollout,
} from '@callboard/plugin-callboard-core';
import type { RolloutRecord } from '../../store';

/** A requested action on a rollout, and the actions that are possible now. */
export interface AskedOfRollout {
  app: string;
  /** Of the environment. */
  title: string;
  action: RolloutActionName;
  offers: readonly OfferedAction[];
}

/** Nothing was rolled out in waves there. */
export function rolloutMissing({
  app,
  environment,
}: {
  app: string;
  /** Its title. */
  environment: string;
}): Problem {
  return {
    code: 'rollout-not-found',
    what: `Cannot find a rollout of "${app}" in ${environment}`,
    why: 'no release went there in waves',
    next: 'Promote a release; it goes in waves where the environment or app.yaml says "rollout"',
    transient: false,
  };
}

/** The action is not possible in the rollout's current state. */
export function notSteerable(
  asked: AskedOfRollout,
  record: RolloutRecord,
  now: Date,
): Problem {
  return {
    code: 'rollout-not-steerable',
    what: cannotSteer(asked),
    why: whereItStands(record, now),
    next: describeOffers(asked.offers, record),
    transient: false,
  };
}

/** The rollout has changed since it was read, so that the action would have another effect. */
export function movedOn(
  asked: AskedOfRollout,
  record: RolloutRecord,
  now: Date,
): Problem {
  return {
    code: 'rollout-moved-on',
    what: cannotSteer(asked),
    why: `it went on after you read it: ${whereItStands(record, now)}`,
    next: 'Read what it would do now, then press again',
    transient: false,
  };
}

/** Another release is desired in the environment by now; its rollout begins in a moment. */
export function replaced(asked: AskedOfRollout, release: number): Problem {
  return {
    code: 'rollout-moved-on',
    what: cannotSteer(asked),
    why: `release ${release} takes its place`,
    next: 'Wait a moment, then act on the rollout of that release',
    transient: false,
  };
}

/** It would restore a release that the required group never approved there. */
export function rollbackNotApproved(
  asked: AskedOfRollout,
  { release, group }: { release: number; group: string },
): Problem {
  const leads = describeEntity(group);
  return {
    code: 'approval-missing',
    what: cannotSteer(asked),
    why: `release ${release} was never approved for ${asked.title}: it waits for approval by ${leads}, and you are not a member`,
    next: `Ask a member of ${leads} to roll back`,
    transient: false,
  };
}

/** Permissions do not let the actor act on rollouts of this app. */
export function notYourRollout(
  asked: Omit<AskedOfRollout, 'offers'>,
  owner: string,
): Problem {
  return {
    code: 'not-allowed',
    what: cannotSteer(asked),
    why: `only ${describeEntity(owner)} may`,
    next: `Ask ${describeEntity(owner)}`,
    transient: false,
  };
}

function cannotSteer({
  app,
  title,
  action,
}: Omit<AskedOfRollout, 'offers'>): string {
  const verb = action === 'rollback' ? 'roll back' : action;
  return `Cannot ${verb} the rollout of "${app}" in ${title}`;
}

/** `release 8: wave 2 of 3 is up; watching it for 2 s before wave 3`. */
function whereItStands({ release, rollout }: RolloutRecord, now: Date): string {
  const { sentence } = viewRollout(rollout, now);
  return `release ${release}: ${sentence
    .charAt(0)
    .toLowerCase()}${sentence.slice(1)}`;
}
