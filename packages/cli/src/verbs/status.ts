import {
  describeTraffic,
  describeUsage,
} from '@callboard/plugin-callboard-core';
import { createPaint } from '../portal/createPaint';
import { describeStatus, isWell } from '../portal/describeStatus';
import { demandEnvironment, findPlace } from '../portal/findPlace';
import { PORTAL_OPTION, PORTAL_USAGE, askPortal } from '../portal/openPortal';
import { pageOf } from '../portal/pageOf';
import type { PortalClient } from '../portal/PortalClient';
import { plainJson } from '../portal/plainText';
import { readArguments } from '../readArguments';
import type { Verb } from './Verb';

/** Describes how an app is, in each environment and on each cluster. */
export const status: Verb = {
  name: 'status',
  summary: 'say how an app is, where it runs, and why not',
  usage: `Usage: callboard status [APP] [options]

For each environment: the release, how it is and why, its clusters and addresses. Without APP the app of this folder,
by its app.yaml or a git remote of the portal.

      --usage            also what instances use of CPU and memory, against what they request, and the requests that
                         they get, where a Prometheus counts them
${PORTAL_USAGE}
  -o, --output FORMAT    text, or json: the app as the API answers it

Exit code: 0 healthy (or stopped on purpose) everywhere, 1 not, or refused, 2 usage, or the portal cannot be reached`,
  run(args, io) {
    const options = readArguments(
      args,
      { ...PORTAL_OPTION, usage: { type: 'boolean' } },
      { takesFiles: true },
    );
    return askPortal(options, io, async client => {
      const place = await findPlace(options.positionals, client, io);
      const { app, environment } = place;
      if (environment !== undefined) demandEnvironment(place);
      const environments = app.environments.filter(
        ({ name }) => environment === undefined || name === environment,
      );
      const now = io.now();
      const usage = options.flag('usage')
        ? await readUsage(client, app.name, environments)
        : undefined;
      if (options.output === 'json') io.out(plainJson(app));
      else
        describeStatus(
          { ...app, environments },
          {
            now,
            usage,
            paint: createPaint(io),
            page: pageOf(client.base, app.name),
          },
        ).forEach(line => io.out(line));
      return app.build?.state !== 'failed' &&
        environments.every(each => isWell(each, now))
        ? 0
        : 1;
    });
  },
};

/** Usage of instances and load on them, in sentences per environment in which any runs. */
async function readUsage(
  client: PortalClient,
  app: string,
  environments: ReadonlyArray<{ name: string }>,
): Promise<Map<string, string[]>> {
  const sentences = new Map<string, string[]>();
  for (const { name: environment } of environments) {
    const path = { app, environment };
    const usage = await client.read('getUsage', { path });
    sentences.set(
      environment,
      [describeUsage(usage), describeTraffic(usage)].filter(
        each => each !== undefined,
      ),
    );
  }
  return sentences;
}
