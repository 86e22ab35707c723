import type {
  BlueprintFile,
  Problem,
  RolloutActionName,
} from '@callboard/plugin-callboard-common';
import {
  type OfferedAction,
  describeOffers,
  viewRollout,
} from '@callboard/plugin-callboard-core';
import type { BlueprintRolloutRecord } from '../../store';

/** The platform neither defines nor keeps this version. */
export function versionMissing(
  { name, version }: { name: string; version: number },
  files: readonly BlueprintFile[],
): Problem {
  const known = files
    .filter(({ metadata }) => metadata.name === name)
    .map(({ spec }) => spec.version)
    .sort((a, b) => a - b);
  return {
    code: 'blueprint-not-found',
    what: `Cannot find version ${version} of the blueprint "${name}"`,
    why:
      known.length === 0
        ? 'no file of the platform defines this blueprint'
        : 'no file of the platform defines it, and no cluster runs it',
    next:
      known.length === 0
        ? 'Add a file of kind Blueprint'
        : `Use one of versions ${known.join(', ')}`,
    transient: false,
  };
}

export function rolloutMissing(of: { blueprint: string; id: string }): Problem {
  return {
    code: 'blueprint-rollout-not-found',
    what: `Cannot find rollout ${of.id} of the blueprint "${of.blueprint}"`,
    why: 'no rollout of this number was started',
    next: 'List the blueprints: each names its newest rollout',
    transient: false,
  };
}

export function rolloutRefused(
  of: { name: string; version: number },
  { why, next }: { why: string; next: string },
): Problem {
  return {
    code: 'blueprint-rollout-refused',
    what: `Cannot roll out version ${of.version} of the blueprint "${of.name}"`,
    why,
    next,
    transient: false,
  };
}

/**
 * The action is not possible in the rollout's current state, or would have
 * another effect than the one that was read.
 */
export function notSteerable(
  record: BlueprintRolloutRecord,
  {
    action,
    offers,
    now,
    because,
  }: {
    action: RolloutActionName;
    offers: readonly OfferedAction[];
    now: Date;
    because?: string;
  },
): Problem {
  const verb = action === 'rollback' ? 'roll back' : action;
  const { sentence } = viewRollout(record.rollout, now, 'version');
  return {
    code: 'blueprint-rollout-not-steerable',
    what: `Cannot ${verb} the rollout of version ${record.version} of the blueprint "${record.blueprint}"`,
    why: because ?? `${sentence.charAt(0).toLowerCase()}${sentence.slice(1)}`,
    next: describeOffers(offers, { before: record.before, noun: 'version' }),
    transient: false,
  };
}
