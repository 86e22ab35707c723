import { createPaint, markOf } from '../portal/createPaint';
import { formatTable } from '../portal/formatTable';
import { PORTAL_OPTION, PORTAL_USAGE, askPortal } from '../portal/openPortal';
import { plainJson, plainText } from '../portal/plainText';
import { shownHealth } from '@callboard/plugin-callboard-core';
import { readArguments } from '../readArguments';
import type { Verb } from './Verb';

const MOST_APPS = 200;

/** Lists the apps of a portal, each with its sentence. */
export const apps: Verb = {
  name: 'apps',
  summary: 'list the apps of a portal: where they run and how they are',
  usage: `Usage: callboard apps [TEXT] [options]

Lists the apps that you may see; with a text those whose name or owner holds it.

${PORTAL_USAGE}
  -o, --output FORMAT    text, or json: {"items": […]} with each app as the API answers it

Exit code: 0, 1 the portal refused, 2 usage, or the portal cannot be reached`,
  run(args, io) {
    const options = readArguments(args, PORTAL_OPTION, { takesFiles: true });
    const wanted = options.positionals.join(' ').toLowerCase();
    return askPortal(options, io, async client => {
      const items = (await client.list('listApps', {})).filter(app =>
        [app.name, app.title, app.owner].some(text =>
          text.toLowerCase().includes(wanted),
        ),
      );
      if (options.output === 'json') {
        io.out(plainJson({ items }));
        return 0;
      }
      const paint = createPaint(io);
      const rows = items.slice(0, MOST_APPS).map(app => [
        plainText(app.name),
        app.environments
          .filter(({ release }) => release !== null)
          .map(({ name, health, freshness }) => {
            const { status } = shownHealth(
              health,
              freshness,
              undefined,
              io.now(),
            );
            return `${name} ${markOf(status, paint)}`;
          })
          .join(', '),
        plainText(app.sentence),
      ]);
      formatTable(rows).forEach(line => io.out(line));
      if (items.length > MOST_APPS)
        io.err(
          `and ${
            items.length - MOST_APPS
          } more: callboard apps TEXT finds them`,
        );
      if (items.length === 0)
        io.err(
          wanted === ''
            ? 'No apps yet, or none that you may see'
            : `No app has "${plainText(wanted)}" in its name or owner`,
        );
      return 0;
    });
  },
};
