import {
  type Problem,
  countOf,
  describeInstant,
} from '@callboard/plugin-callboard-common';
import type { GitTokenRecord } from '../../store';

const NOT_SIGNED_IN = { git: 'Not signed in to git', api: 'Not signed in' };
const MAKE_NEW =
  'Create a new git token on your settings page in the portal, and use it as the password';
const MAKE_NEW_OF_APP =
  'Ask who owns the app to create a new git token for it on their settings page in the portal';

const MAKE_NEW_OF_API =
  'Run: npx callboard login. It creates a token for the command line, or says where you do';

type Named = Pick<GitTokenRecord, 'name' | 'app'>;
type Scoped = Named & Pick<GitTokenRecord, 'scope'>;

/** `token "ci" of shop`. */
function nameToken({ name, app }: Named): string {
  return app === undefined ? `token "${name}"` : `token "${name}" of ${app}`;
}

/** `git token "ci" of shop`, `command line token "laptop"`. */
export function nameKind(token: Scoped): string {
  return `${token.scope === 'api' ? 'command line' : 'git'} ${nameToken(
    token,
  )}`;
}

function ended(code: Problem['code'], token: Scoped, why: string): Problem {
  return {
    code,
    what: NOT_SIGNED_IN[token.scope],
    why: `the ${nameToken(token)} ${why}`,
    next: nextOf(token),
    transient: false,
  };
}

function nextOf({ app, scope }: Scoped): string {
  if (scope === 'api') return MAKE_NEW_OF_API;
  return app === undefined ? MAKE_NEW : MAKE_NEW_OF_APP;
}

export function tokenExpired(token: GitTokenRecord): Problem {
  return ended(
    'git-token-expired',
    token,
    `expired on ${dayOf(token.expiresAt)}`,
  );
}

export function tokenRevoked(token: Scoped, at: Date): Problem {
  return ended('git-token-revoked', token, `was revoked on ${dayOf(at)}`);
}

/** The app was deleted, or has another owner now. */
export function appMovedOn(token: Scoped): Problem {
  return ended(
    'git-token-ended',
    token,
    'ended when the app was deleted or given to somebody else',
  );
}

export function tokenUnknown(): Problem {
  return {
    code: 'git-token-wrong',
    what: NOT_SIGNED_IN.api,
    why: 'this token is not known here',
    next: 'Create a new one on your settings page in the portal, for git or for the command line',
    transient: false,
  };
}

export function nameInvalid(most: number): Problem {
  return {
    code: 'git-token-invalid',
    what: 'Cannot create this git token',
    why: `a name has at most ${most} letters, digits, spaces and ".", "-", "_", and begins and ends with a letter or digit`,
    next: 'Name it after where it is used: laptop, ci',
    transient: false,
  };
}

export function lifetimeInvalid(name: string, maxDays: number): Problem {
  return {
    code: 'git-token-invalid',
    what: `Cannot create the git token "${name}"`,
    why: `a token is good for ${countOf(maxDays, 'day')} at most here`,
    next: `Choose between 1 and ${countOf(maxDays, 'day')}`,
    transient: false,
  };
}

/** An app's token identifies no person whose permissions could be checked. */
export function scopeOfPeople(name: string): Problem {
  return {
    code: 'git-token-invalid',
    what: `Cannot create the token "${name}"`,
    why: 'a token for the command line may what its person may, and this one is of an app',
    next: 'Leave out the app, or create a git token: it releases from a CI',
    transient: false,
  };
}

export function nameTaken(token: Named): Problem {
  const whose = token.app === undefined ? 'you have' : `${token.app} has`;
  return {
    code: 'git-token-name-taken',
    what: `Cannot create the git token "${token.name}"`,
    why: `${whose} one of this name`,
    next: 'Choose another name, or revoke the one that is there',
    transient: false,
  };
}

export function tooMany(token: Named, most: number): Problem {
  const whose = token.app === undefined ? 'you have' : `${token.app} has`;
  return {
    code: 'git-tokens-too-many',
    what: `Cannot create the git token "${token.name}"`,
    why: `${whose} ${countOf(most, 'token')}, and that is the most`,
    next: 'Revoke one that is not used any longer',
    transient: false,
  };
}

/** Only people who may push to an app manage its tokens. */
export function notYours(app: string): Problem {
  return {
    code: 'not-owner',
    what: `You have nothing to do with git tokens of "${app}"`,
    why: 'you may not push to it',
    next: 'Ask the owner of the app',
    transient: false,
  };
}

/** It does not exist, was revoked already, or is not the caller's: the three have the same answer. */
export function tokenNotFound(): Problem {
  return {
    code: 'git-token-not-found',
    what: 'Cannot find this git token',
    why: 'you have none of this id, or it was revoked',
    next: 'Look at the list of your git tokens',
    transient: false,
  };
}

function dayOf(at: Date): string {
  return describeInstant(at.toISOString());
}
