import { endSentence } from '@callboard/plugin-callboard-core';
import { type ExitCode, type Io, UsageError } from '../Io';
import type { readArguments } from '../readArguments';
import { describeGroups } from './describeChanges';
import { demandEnvironment, findPlace } from './findPlace';
import { askPortal } from './openPortal';
import { plainJson, plainText } from './plainText';

/** Compares the objects of two releases on clusters, as the page does. Only the portal stores releases. */
export function diffReleases(
  options: ReturnType<typeof readArguments<'text' | 'json'>>,
  io: Io,
): Promise<ExitCode> {
  const releases = options.texts('release').map(readRelease);
  if (releases.length > 2)
    throw new UsageError('At most two releases are compared');
  const release = releases[releases.length - 1];
  const from = releases.length === 2 ? releases[0] : undefined;
  return askPortal(options, io, async client => {
    const place = await findPlace(options.positionals, client, io);
    const changes = await client.read('diffReleases', {
      path: {
        app: place.app.name,
        environment: demandEnvironment(place),
        release,
      },
      query: { from },
    });
    const { sentence, data, groups } = changes;
    if (options.output === 'json') io.out(plainJson(changes));
    else
      [
        endSentence(sentence),
        ...data.map(each => endSentence(each.sentence)),
        ...describeGroups(groups),
      ].forEach(line => io.out(plainText(line)));
    return groups.length === 0 ? 0 : 1;
  });
}

function readRelease(text: string): number {
  if (!/^[1-9]\d{0,8}$/.test(text))
    throw new UsageError(`--release "${text}" is not the number of a release`);
  return Number(text);
}
