import {
  type AppRemoval,
  type Problem,
  countOf,
  listOf,
  pluralOf,
} from '@callboard/plugin-callboard-common';
import { describeEntity } from '../summary/describeEntity';

/** The removal of an app from one environment, or of the app with all of them. */
export interface RemovalFacts {
  app: string;
  owner: string;
  /** For one environment: whether it is the first, to which pushes go. */
  from: { kind: 'app' } | { kind: 'environment'; isFirst: boolean };
  /** Environments in which the app is, in order. */
  environments: AppRemoval['environments'];
  data: AppRemoval['data'];
  /** Number of its releases. */
  releases: number;
  /** Number of builds that have not ended. */
  builds: number;
}

/** Describes what a removal ends and what is kept. Pure: the preview and the removal get the same answer. */
export function describeRemoval(facts: RemovalFacts): AppRemoval {
  const { environments, data } = facts;
  return {
    message: describe(facts),
    notes: notesOf(facts),
    environments,
    data,
  };
}

function describe({ app, from, environments }: RemovalFacts): string {
  const titles = environments.map(({ title }) => title);
  const clusters = environments.flatMap(each => each.clusters);
  const running = clusters.reduce((sum, { instances }) => sum + instances, 0);
  const names = [...new Set(clusters.map(({ cluster }) => cluster))].sort();
  const ends = `${countOf(running, 'instance')} ${pluralOf(
    running,
    'ends',
    'end',
  )}${names.length === 0 ? '' : ` on ${listOf(names)}`}`;
  if (from.kind === 'environment')
    return `${app} leaves ${listOf(titles)}: ${ends}`;
  return titles.length === 0
    ? `${app} is deleted; it runs nowhere`
    : `${app} is deleted: ${ends}, in ${listOf(titles, titles.length)}`;
}

/** Returns notes to read before the removal. */
function notesOf(facts: RemovalFacts): string[] {
  const { app, from, environments, owner, releases, builds } = facts;
  const silent = [
    ...new Set(
      environments
        .flatMap(each => each.clusters)
        .filter(({ freshness }) => freshness !== 'live')
        .map(({ cluster }) => cluster),
    ),
  ].sort();
  const [environment] = environments;
  const notes =
    from.kind === 'environment'
      ? [
          from.isFirst
            ? `The next push brings it to ${environment?.title} again`
            : `Promote a release to ${environment?.title} to have it there again`,
          'Its settings there are kept',
        ]
      : [
          'Its page, its repository and its entry in the catalog go; the journal and its past stay readable',
          `${describeEntity(owner)} may use the name again: push, and ${
            releases === 0
              ? 'its releases begin at 1'
              : `its releases go on at ${releases + 1}`
          }. Nobody else may`,
          'Its settings are kept for that, secrets encrypted',
        ];
  if (builds > 0)
    notes.push(
      from.kind === 'app'
        ? `${countOf(builds, 'build')} of ${app} that ${pluralOf(
            builds,
            'has',
            'have',
          )} not ended ${pluralOf(builds, 'is', 'are')} given up`
        : `A build is under way: its release comes to the first environment`,
    );
  if (silent.length > 0)
    notes.push(
      `${listOf(silent)} ${pluralOf(
        silent.length,
        'is',
        'are',
      )} out of contact: ${app} is removed there when ${pluralOf(
        silent.length,
        'it is',
        'they are',
      )} in contact again`,
    );
  return notes;
}

/** The removal was not confirmed by the name of the app. */
export function removalNotConfirmed(app: string): Problem {
  return {
    code: 'removal-not-confirmed',
    what: `Cannot remove "${app}"`,
    why: 'the confirmation is not its name',
    next: `Send {"confirm": "${app}"}`,
    transient: false,
  };
}

/** Problem of a build, or of a push accepted earlier, whose app was deleted. */
export function appDeleted(
  app: string,
  doing: 'build' | 'record the push to',
): Problem {
  return {
    code: 'app-deleted',
    what: `Cannot ${doing} "${app}"`,
    why: 'the app was deleted meanwhile',
    next: 'Push again to create it',
    transient: false,
  };
}
