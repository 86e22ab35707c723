import { type ExitCode, type Io, UsageError } from '../Io';
import { keepPortal } from '../portal/keptPortals';
import { PORTAL_OPTION, findBase } from '../portal/openPortal';
import {
  PortalClient,
  PortalError,
  readBase,
  readToken,
} from '../portal/PortalClient';
import { printRefusal } from '../portal/printRefusal';
import { signInByKey } from '../portal/signInByKey';
import { readArguments } from '../readArguments';
import type { Verb } from './Verb';

const UNSEEN = { unseen: true };

/** Signs in to a portal, for the verbs that call one. */
export const login: Verb = {
  name: 'login',
  summary: 'sign in to a portal',
  usage: `Usage: callboard login [--portal URL] [--key KEY]

Asks for a token that you create on the portal's settings page (good for: the command line), without showing it, tries
it, and keeps it in $XDG_CONFIG_HOME/callboard/portals.json (~/.config when not set), readable by you alone. What is
piped in is read as the token.

  --portal URL           the portal; CALLBOARD_PORTAL when omitted, or the one that was signed in to last
  --key KEY              of the playground: npm start prints it. A token is made with it, and nothing is asked. - reads it
                         from standard input
  callboard login http://localhost:7007/#key=…
                         the same, with the line that npm start prints after "Sign in"

CALLBOARD_TOKEN goes before what is kept.

Exit code: 0 signed in, 1 the portal refused, 2 usage, or the portal cannot be reached`,
  async run(args, io) {
    const options = readArguments(
      args,
      { ...PORTAL_OPTION, key: { type: 'string' } },
      { takesFiles: true },
    );
    const [address, ...more] = options.positionals;
    if (more.length > 0)
      throw new UsageError(`"${more[0]}" is one name too many`);
    const named = address === undefined ? undefined : readSignInUrl(address);
    const base = named?.base ?? findBase(options, io);
    if (base === undefined)
      throw new UsageError(
        '--portal is missing: callboard login --portal https://portal.example.com',
      );
    const given = named?.key ?? options.text('key');
    const key = given === '-' ? await io.askLine('Key: ', UNSEEN) : given;
    try {
      return await signIn(base, key, io);
    } catch (error) {
      if (!(error instanceof PortalError)) throw error;
      printRefusal(error, { output: options.output, io });
      return 1;
    }
  },
};

async function signIn(
  base: string,
  key: string | undefined,
  io: Io,
): Promise<ExitCode> {
  const token =
    key === undefined
      ? await askToken(base, io)
      : await signInByKey(base, key, io);
  await new PortalClient(base, token, io).read('listApps', {
    query: { limit: 1 },
  });
  const file = keepPortal({ base, token }, io);
  io.out(`Signed in to ${base}. The token is kept in ${file}, for you alone`);
  if (io.env('CALLBOARD_TOKEN') !== undefined)
    io.err('CALLBOARD_TOKEN is set and goes before it');
  return 0;
}

async function askToken(base: string, io: Io): Promise<string> {
  if (io.terminal.input)
    io.err(
      `Create a token that is good for the command line, on ${base}/settings/git-tokens`,
    );
  const typed = (await io.askLine('Token: ', UNSEEN))?.trim();
  if (!typed) throw new UsageError('No token was given');
  return readToken(typed);
}

/** Parses `http://localhost:7007/#key=…`, as `npm start` prints it, or an address alone. */
function readSignInUrl(text: string): { base: string; key?: string } {
  const [address, fragment = ''] = text.split('#', 2);
  const key = new URLSearchParams(fragment).get('key');
  return { base: readBase(address), ...(key !== null && { key }) };
}
