import { type ExitCode, type Io, UsageError } from '../Io';
import type { readArguments } from '../readArguments';
import { readKeptPortals } from './keptPortals';
import { PortalClient, PortalError, readBase, readToken } from './PortalClient';
import { printRefusal } from './printRefusal';

/** Options of every verb that calls a portal. */
export const PORTAL_OPTION = { portal: { type: 'string' } } as const;
export const PORTAL_USAGE =
  '  --portal URL           the portal; CALLBOARD_PORTAL when omitted, or the one that was signed in to last';

type Options = ReturnType<typeof readArguments<'text' | 'json'>>;

/** Address of the portal: from the option, from the environment, or of the latest sign-in. */
export function findBase(
  options: Pick<Options, 'text'>,
  io: Pick<Io, 'env' | 'readKept'>,
): string | undefined {
  const given = options.text('portal') ?? io.env('CALLBOARD_PORTAL');
  const found = given ?? readKeptPortals(io).current;
  return found === undefined ? undefined : readBase(found);
}

/** Calls a portal as the signed-in user, and prints its refusal. */
export async function askPortal(
  options: Options,
  io: Io,
  act: (client: PortalClient) => Promise<ExitCode>,
): Promise<ExitCode> {
  const base = findBase(options, io);
  if (base === undefined)
    throw new UsageError(
      '--portal is missing: sign in with callboard login --portal https://portal.example.com, or set CALLBOARD_PORTAL',
    );
  const token =
    io.env('CALLBOARD_TOKEN') ?? readKeptPortals(io).portals[base]?.token;
  if (token === undefined)
    throw new UsageError(
      `CALLBOARD_TOKEN is missing, and nobody is signed in to ${base}: run callboard login --portal ${base}, or, in a CI, set it to a token as a secret`,
    );
  try {
    return await act(new PortalClient(base, readToken(token), io));
  } catch (error) {
    if (!(error instanceof PortalError)) throw error;
    printRefusal(error, { output: options.output, io });
    return 1;
  }
}
