import type { LoggerService } from '@backstage/backend-plugin-api';
import { ServiceUnavailableError } from '@backstage/errors';
import type {
  AuthResolverContext,
  BackstageSignInResult,
} from '@backstage/plugin-auth-node';

/** In a session that no browser started: its actions are recorded as a program's. */
const PROGRAM_CLAIM = { callboard_by: 'program' } as const;

/** The user of a session, and what starts it. */
export interface Starter {
  userEntityRef: string;
  isProgram: boolean;
}

const LEFT_MS = 60_000; // a token that expires sooner is of no use to a page

/**
 * Signs users in, and returns the last session of a user where no new one can
 * be created: Backstage writes every session into its database, and a full disk
 * would sign out everyone who opens or reloads a page.
 */
export class LastSessions {
  readonly #deps: { logger: LoggerService; now(): number };
  readonly #last = new Map<string, BackstageSignInResult>();

  constructor(deps: { logger: LoggerService; now(): number }) {
    this.#deps = deps;
  }

  async signInAs(
    starter: Starter,
    context: AuthResolverContext,
  ): Promise<BackstageSignInResult> {
    const key = JSON.stringify(starter);
    try {
      const session = await startSession(starter, context);
      this.#last.set(key, session);
      return session;
    } catch (error) {
      const last = this.#last.get(key);
      if (last && expiresAt(last.token) > this.#deps.now() + LEFT_MS)
        return last;
      this.#deps.logger.error('Cannot sign in', error as Error);
      throw new ServiceUnavailableError(
        'Cannot sign in: the database of the portal takes no changes. Check that it runs and that its disk has space; sign-in works again by itself',
      );
    }
  }
}

/** Starts a session for the catalog's user with its groups, or for that user alone if the catalog does not have it. */
async function startSession(
  { userEntityRef, isProgram }: Starter,
  context: AuthResolverContext,
): Promise<BackstageSignInResult> {
  const ent = await readOwnership(userEntityRef, context).catch(() => [
    userEntityRef,
  ]);
  return context.issueToken({
    claims: { sub: userEntityRef, ent, ...(isProgram && PROGRAM_CLAIM) },
  });
}

async function readOwnership(
  entityRef: string,
  context: AuthResolverContext,
): Promise<string[]> {
  const { entity } = await context.findCatalogUser({ entityRef });
  const { ownershipEntityRefs } = await context.resolveOwnershipEntityRefs(
    entity,
  );
  return ownershipEntityRefs;
}

function expiresAt(token: string): number {
  const [, payload = ''] = token.split('.');
  const { exp } = JSON.parse(Buffer.from(payload, 'base64url').toString()) as {
    exp?: number;
  };
  return (exp ?? 0) * 1000;
}
