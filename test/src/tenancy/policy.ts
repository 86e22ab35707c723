import { APPS, APPS_IN_PROD, PEOPLE, PLATFORM_TEAM, READERS } from './people';

/*
 * The reference policy: who gets what from every route. Written from
 * docs/security.md alone, on purpose without a look at the code that is judged
 * by it.
 */

/** What a request needs beside being about an app that its caller may see. */
export type Need =
  | 'nothing'
  | 'sign-in'
  | 'see-app'
  | 'change-app'
  /** Its title, what it is for, whose it is: also for the platform team. */
  | 'describe-app'
  /** In all environments at once: also where a group must approve. */
  | 'change-everywhere'
  | 'approve'
  /** Tokens are of people; those of an app, of its owners. */
  | 'have-tokens'
  | 'create'
  | 'create-for-others'
  | 'see-clusters'
  | 'manage-clusters'
  | 'read-journal';

export type Outcome =
  /** 401: nobody is signed in. */
  | 'sign-in'
  /** 404, byte for byte as for an app that was never there. */
  | 'absent'
  /** 403. */
  | 'forbidden'
  /** What the route itself says. */
  | 'served';

export interface Portal {
  reads: 'everybody' | 'owners';
}

/** Entity references of people; `everything` for unrestricted programs; permissions for restricted ones. */
type Powers =
  | { refs: readonly string[] }
  | { permissions: readonly string[] | 'everything' }
  | { refusal: 'sign-in' | 'forbidden' };

const NOT_SIGNED_IN = { refusal: 'sign-in' } as const;

/** Every kind of caller: nobody, with credentials of other doors, people, programs. */
export const CALLERS: Record<string, Powers> = {
  nobody: NOT_SIGNED_IN,
  forged: NOT_SIGNED_IN,
  gitToken: NOT_SIGNED_IN,
  /** Of ana: git takes it, and the routes that release as a push does. */
  issuedToken: NOT_SIGNED_IN,
  /** Of ana, for the command line: what she may with apps, and no other route. */
  apiToken: { refs: PEOPLE.ana },
  joinToken: NOT_SIGNED_IN,
  cookie: NOT_SIGNED_IN,
  misled: NOT_SIGNED_IN,
  elsewhere: { refusal: 'forbidden' },
  reader: { permissions: ['see-app', 'sign-in'] },
  service: { permissions: 'everything' },
  plugin: { permissions: 'everything' },
  ...Object.fromEntries(
    Object.entries(PEOPLE).map(([person, refs]) => [person, { refs }]),
  ),
};

/** What a caller gets who asks for something about an app, or about none. */
export function decide(
  caller: string,
  {
    need,
    app,
    takesGitTokens,
    isOfApps = true,
  }: { need: Need; app?: string; takesGitTokens?: true; isOfApps?: boolean },
  portal: Portal,
): Outcome {
  if (need === 'nothing') return 'served';
  if (caller === 'issuedToken' && takesGitTokens)
    return isMember(PEOPLE.ana, ownerOf(app)) ? 'served' : 'absent';
  if (caller === 'apiToken' && !isOfApps) return 'forbidden';
  const powers = CALLERS[caller];
  if ('refusal' in powers) return powers.refusal;
  if (app !== undefined && !maySee(powers, app, portal)) return 'absent';
  return may(powers, need, app) ? 'served' : 'forbidden';
}

/** What git is told: code is its owners' alone, and names that are free are for everybody who is signed in. */
export function decideGit(
  caller: string,
  { app, isPush }: { app: string; isPush: boolean },
): Outcome {
  if (caller === 'apiToken') return 'sign-in';
  const powers = CALLERS[caller === 'issuedToken' ? 'ana' : caller];
  if (!('refs' in powers)) return 'sign-in';
  if (isMember(powers.refs, ownerOf(app))) return 'served';
  if (!isPush) return 'absent';
  return ownerOf(app) === undefined ? 'served' : 'forbidden';
}

function maySee(powers: Powers, app: string, { reads }: Portal): boolean {
  if (ownerOf(app) === undefined) return false;
  return (
    !('refs' in powers) ||
    reads === 'everybody' ||
    isMember(powers.refs, ownerOf(app)) ||
    READERS.some(group => isMember(powers.refs, group))
  );
}

function may(powers: Powers, need: Need, app: string | undefined): boolean {
  if (need === 'change-everywhere')
    return (
      may(powers, 'change-app', app) &&
      (!APPS_IN_PROD.includes(app ?? '') || may(powers, 'approve', app))
    );
  if (need === 'approve')
    return 'refs' in powers && isMember(powers.refs, 'group:default/leads');
  if (need === 'have-tokens')
    return (
      'refs' in powers &&
      (app === undefined || isMember(powers.refs, ownerOf(app)))
    );
  if ('permissions' in powers)
    return (
      powers.permissions === 'everything' || powers.permissions.includes(need)
    );
  if (!('refs' in powers)) return false;
  if (need === 'describe-app')
    return [ownerOf(app), PLATFORM_TEAM].some(owner =>
      isMember(powers.refs, owner),
    );
  if (need === 'change-app') return isMember(powers.refs, ownerOf(app));
  if (need === 'manage-clusters') return isMember(powers.refs, PLATFORM_TEAM);
  return need !== 'create-for-others';
}

function ownerOf(app: string | undefined): string | undefined {
  return APPS[app as keyof typeof APPS];
}

function isMember(refs: readonly string[], owner: string | undefined): boolean {
  return owner !== undefined && refs.includes(owner);
}
