import type { LoggerService } from '@backstage/backend-plugin-api';
import { ServiceUnavailableError } from '@backstage/errors';
import type {
  AuthResolverContext,
  BackstageSignInResult,
} from '@backstage/plugin-auth-node';

/** In a session that no browser started: what is done with it is told as a program's. */
const PROGRAM_CLAIM = { callboard_by: 'program' } as const;

/** Whose session, and what starts it. */
export interface Starter {
  userEntityRef: string;
  isProgram: boolean;
}

const LEFT_MS = 60_000; // a token that runs out sooner is of no use to a page

/**
 * Signs users in, and hands out the last session of a user where no new one can
 * be made: Backstage writes every session into its database, and a full disk
 * would sign everybody out who opens or reloads a page.
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

/** The catalog's user with its groups where the catalog has it, else that user alone. */
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
