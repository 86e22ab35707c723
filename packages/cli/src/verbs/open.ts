import { UsageError } from '../Io';
import { demandEnvironment, findPlace } from '../portal/findPlace';
import { PORTAL_OPTION, PORTAL_USAGE, askPortal } from '../portal/openPortal';
import { pageOf } from '../portal/pageOf';
import { plainText } from '../portal/plainText';
import { readArguments } from '../readArguments';
import type { Verb } from './Verb';

/** Prints the address of an app, and opens it at a terminal. */
export const open: Verb = {
  name: 'open',
  summary: 'open an app, or its page, in a browser',
  usage: `Usage: callboard open [APP] [ENVIRONMENT] [options]

Prints the address of the app in an environment, or of its page without one; at a terminal it opens it too, where there
is a browser. Without APP the app of this folder.

${PORTAL_USAGE}

Exit code: 0, 1 it has no address yet, or refused, 2 usage, or the portal cannot be reached`,
  run(args, io) {
    const options = readArguments(args, PORTAL_OPTION, { takesFiles: true });
    return askPortal(options, io, async client => {
      const place = await findPlace(options.positionals, client, io);
      const url = addressOf(place, client.base);
      if (url === undefined) {
        io.err(
          `${place.app.name} has no address in ${place.environment}: callboard status ${place.app.name} says why`,
        );
        return 1;
      }
      io.out(plainText(url));
      if (io.terminal.output && isPage(url)) io.openPage(url);
      return 0;
    });
  },
};

function addressOf(
  place: Parameters<typeof demandEnvironment>[0],
  base: string,
): string | undefined {
  if (place.environment === undefined) return pageOf(base, place.app.name);
  const environment = demandEnvironment(place);
  const found = place.app.environments.find(({ name }) => name === environment);
  if (!found) throw new UsageError(`There is no environment ${environment}`);
  return found.url;
}

/** A browser is only given http and https addresses: nothing that its program would read as an option. */
function isPage(url: string): boolean {
  return (
    URL.canParse(url) && ['http:', 'https:'].includes(new URL(url).protocol)
  );
}
