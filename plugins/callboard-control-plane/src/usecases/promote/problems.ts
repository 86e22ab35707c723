import type { Problem } from '@callboard/plugin-callboard-common';
import { describeEntity } from '@callboard/plugin-callboard-core';
import type { EnvironmentReleaseRecord } from '../../store';
import type { ControlPlane } from '../ControlPlane';

/** A requested promotion. */
export interface AskedPromotion {
  promotion: Parameters<ControlPlane['promote']>[0];
  /** Of the environment. */
  title: string;
}

/** The app has no release of that number. */
export function releaseMissing(
  asked: AskedPromotion,
  newest: number | undefined,
): Problem {
  return {
    code: 'release-not-found',
    what: cannot(asked),
    why:
      newest === undefined
        ? 'the app has no release yet'
        : `there is no such release; the newest one is ${newest}`,
    next:
      newest === undefined
        ? 'Push first'
        : 'Choose one of the releases on the page of the app',
    transient: false,
  };
}

/** It was promoted before: by a second click, or by another person. */
export function alreadyThere(asked: AskedPromotion): Problem {
  return {
    code: 'release-already-there',
    what: cannot(asked),
    why: `${asked.title} already has release ${asked.promotion.release}`,
    next: 'Nothing to do; the page of the app shows how it is',
    transient: false,
  };
}

/** Another release was deployed there after the actor looked. */
export function movedOn(
  asked: AskedPromotion,
  current: EnvironmentReleaseRecord | undefined,
): Problem {
  return {
    code: 'environment-moved-on',
    what: cannot(asked),
    why: current
      ? `${describeEntity(current.releasedBy)} brought release ${
          current.release
        } to ${asked.title} after you opened the page`
      : `nothing runs in ${asked.title} any more`,
    next: 'Read what it would replace now, then press again',
    transient: false,
  };
}

/** It was never in the environment that it is promoted from. */
export function notTried(asked: AskedPromotion, origin: string): Problem {
  return {
    code: 'release-not-tried',
    what: cannot(asked),
    why: `it was never in ${origin}`,
    next: `Deploy it to ${origin} first`,
    transient: false,
  };
}

/** Its images were not kept: it is older than what the platform keeps. */
export function imagesRemoved(asked: AskedPromotion, commit: string): Problem {
  return {
    code: 'release-images-removed',
    what: cannot(asked),
    why: 'its images are not kept any more: it is not among the newest releases, and it runs nowhere',
    next: `Push its commit again, as it is or as a new one: git push --force origin ${commit.slice(
      0,
      12,
    )}:main. It is built again and becomes a new release`,
    transient: false,
  };
}

/** Only members of a group may approve it. */
export function approvalMissing(
  asked: AskedPromotion,
  approval: string,
): Problem {
  const group = describeEntity(approval);
  return {
    code: 'approval-missing',
    what: cannot(asked),
    why: `it waits for approval by ${group}, and you are not a member`,
    next: `Ask a member of ${group} to approve it on the page of the app`,
    transient: false,
  };
}

/** Permissions do not let the actor promote this app. */
export function notYours(asked: AskedPromotion, owner: string): Problem {
  return {
    code: 'not-allowed',
    what: cannot(asked),
    why: `only ${describeEntity(owner)} may`,
    next: `Ask ${describeEntity(owner)}`,
    transient: false,
  };
}

/** States the refused request. */
export function cannot({ promotion, title }: AskedPromotion): string {
  return `Cannot promote release ${promotion.release} of "${promotion.app}" to ${title}`;
}
