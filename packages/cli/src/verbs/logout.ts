import { UsageError } from '../Io';
import { forgetPortal } from '../portal/keptPortals';
import { PORTAL_OPTION, PORTAL_USAGE, findBase } from '../portal/openPortal';
import { readArguments } from '../readArguments';
import type { Verb } from './Verb';

/** Forgets the token of a portal. */
export const logout: Verb = {
  name: 'logout',
  summary: 'forget the sign-in to a portal',
  usage: `Usage: callboard logout [--portal URL]

Forgets the token on this machine. It stays good until it expires or you revoke it on the settings page: a token cannot
do that.

${PORTAL_USAGE}

Exit code: 0 forgotten, 1 nobody was signed in, 2 usage`,
  run(args, io) {
    const options = readArguments(args, PORTAL_OPTION);
    const base = findBase(options, io);
    if (base === undefined) throw new UsageError('--portal is missing');
    if (!forgetPortal(base, io)) {
      io.err(`Nobody is signed in to ${base}`);
      return 1;
    }
    io.out(
      `Signed out of ${base}. Revoke the token on ${base}/settings/git-tokens, or let it expire`,
    );
    return 0;
  },
};
