import {
  type GitTokenView,
  type Problem,
  ProblemError,
  appPushPermission,
} from '@callboard/plugin-callboard-common';
import type { GitTokenAsker } from '@callboard/plugin-callboard-control-plane';
import type { Router } from 'express';
import { answerOperation } from './answerOperation';
import { audited } from './audited';
import type { Caller } from './Caller';
import type { RouterDeps } from './RouterDeps';
import { type ListOrder, pageOf, readPageRequest } from './pages';
import { unwrap } from './read';

const TOKENS: ListOrder<GitTokenView, [string, string]> = {
  list: 'tokens',
  keyOf: ({ createdAt, id }) => [createdAt, id],
  directions: ['descending', 'ascending'],
};

/**
 * Git tokens of the caller, and of apps that they may push to. Requires a
 * sign-in: these routes accept no token, so a token cannot create another one.
 */
export function addTokenRoutes(router: Router, deps: RouterDeps): void {
  const { controlPlane, guard, auditor } = deps;

  const askerOf = async (caller: Caller): Promise<GitTokenAsker> => ({
    person: demandPerson(caller),
    mayPush: await guard.filterApps(caller, appPushPermission),
  });

  /** Throws where the app does not exist, may not be seen, or the caller may not push to it. */
  const askFor = async (caller: Caller, app: string) => {
    await guard.demandToSee(caller, app);
    const { name, owner } = unwrap(await controlPlane.getApp(app));
    const asker = await askerOf(caller);
    if (!asker.mayPush({ name, owner })) throw new ProblemError(notYours(app));
    return asker;
  };

  answerOperation(router, 'listTokens', async (req, res) => {
    const caller = await guard.identify(req);
    const page = readPageRequest(req, { list: TOKENS.list, like: ['', ''] });
    const { app } = req.query;
    const asker =
      typeof app === 'string'
        ? await askFor(caller, app)
        : await askerOf(caller);
    const items = await controlPlane.listGitTokens({
      ...asker,
      ownershipRefs: (await guard.ownershipRefs(caller)) ?? [],
      ...(typeof app === 'string' && { app }),
    });
    res.json({ ...pageOf(items, page, TOKENS), maxDays: deps.maxTokenDays });
  });

  answerOperation(router, 'createToken', async (req, res) => {
    const caller = await guard.identify(req);
    const { name, expiresInDays, app, scope } = req.body;
    const issued = await audited(
      auditor,
      {
        eventId: 'token-create',
        request: req,
        meta: {
          name,
          ...(app !== undefined && { app }),
          ...(scope !== undefined && { scope }),
        },
      },
      async () => {
        const asker =
          app === undefined ? await askerOf(caller) : await askFor(caller, app);
        const { isInCatalog } = await deps.resolveOwnership(asker.person);
        return unwrap(
          await controlPlane.createGitToken({
            ...asker,
            name,
            ...(expiresInDays !== undefined && { expiresInDays }),
            ...(app !== undefined && { app }),
            ...(scope !== undefined && { scope }),
            inCatalog: isInCatalog !== false,
            actor: caller.actor,
          }),
        );
      },
    );
    res.setHeader('Cache-Control', 'no-store');
    res.status(201).json(issued);
  });

  answerOperation(router, 'revokeToken', async (req, res) => {
    const caller = await guard.identify(req);
    const asker = await askerOf(caller);
    const { id } = req.params;
    await audited(
      auditor,
      { eventId: 'token-revoke', request: req, meta: { token: id } },
      async () =>
        unwrap(
          await controlPlane.revokeGitToken({
            ...asker,
            id,
            actor: caller.actor,
          }),
        ),
    );
    res.status(204).end();
  });
}

/** Returns the entity reference of the calling person; programs with keys of their own have no git tokens. */
function demandPerson({ credentials }: Caller): string {
  if (credentials?.principal.type === 'user')
    return credentials.principal.userEntityRef;
  throw new ProblemError({
    code: 'not-allowed',
    what: 'You may not do this',
    why: 'git tokens are of people and of the apps that they own, and you are signed in as a service',
    next: 'Sign in as a person, and create a token for the app',
    transient: false,
  });
}

function notYours(app: string): Problem {
  return {
    code: 'not-owner',
    what: `You have nothing to do with git tokens of "${app}"`,
    why: 'you may not push to it',
    next: 'Ask the owner of the app',
    transient: false,
  };
}
