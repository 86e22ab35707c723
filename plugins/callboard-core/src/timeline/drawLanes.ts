import {
  type TimelineBar,
  type TimelineLane,
  type TimelineLanes,
  type TimelineMark,
  nameCluster,
} from '@callboard/plugin-callboard-common';
import { type Incident, findIncidents } from './findIncidents';
import { endOf, subtractIntervals, toSpan } from './intervals';
import { stepsOfAny, stepsOn, withSettings } from './withSettings';
import type {
  DeploymentInterval,
  ReleaseInterval,
  TimelineFacts,
} from './types';

const LONGEST_CAUSE = 200; // characters of a commit's first line

/** Draws all lanes of a timeline with all their bars: by environment in their order, then by cluster. */
export function drawLanes(
  facts: TimelineFacts,
  by: TimelineLanes,
): TimelineLane[] {
  return orderedEnvironments(facts).flatMap(environment =>
    by === 'environment'
      ? drawEnvironment(environment, facts)
      : drawClusters(environment, facts),
  );
}

interface NamedEnvironment {
  name: string;
  title: string;
}

/** Environments with any data; those that no longer exist come last. */
function orderedEnvironments(facts: TimelineFacts): NamedEnvironment[] {
  const { environments, releases, deployments } = facts;
  const drawn = new Set(
    [...releases, ...deployments].map(({ environment }) => environment),
  );
  const known = environments.filter(({ name }) => drawn.delete(name));
  const gone = [...drawn].sort().map(name => ({ name, title: name }));
  return [...known, ...gone];
}

function drawEnvironment(
  { name, title }: NamedEnvironment,
  facts: TimelineFacts,
): TimelineLane[] {
  const releases = facts.releases.filter(
    ({ environment }) => environment === name,
  );
  if (releases.length === 0) return [];
  const deployments = [...deploymentsIn(name, facts).values()];
  const incidents = deployments.flatMap(findIncidents);
  return [
    {
      name,
      title,
      environment: name,
      bars: withSettings(
        withMarks(
          releases.map(release => toBar(release, facts)),
          incidents,
        ),
        stepsOfAny(deployments.flat()),
        facts,
      ),
      unknown: unknownTimes(deployments.flat(), facts),
    },
  ];
}

function drawClusters(
  { name, title }: NamedEnvironment,
  facts: TimelineFacts,
): TimelineLane[] {
  const released = facts.releases.filter(
    ({ environment }) => environment === name,
  );
  const lanes = [...deploymentsIn(name, facts)].sort(([a], [b]) =>
    a < b ? -1 : 1,
  );
  return lanes.flatMap(([cluster, intervals]) => {
    const bars = joinReleases(intervals).map(stay =>
      toBar(withReleaser(stay, released), facts),
    );
    if (bars.length === 0) return [];
    return [
      {
        name: `${name}/${cluster}`,
        title: `${title} on ${nameCluster({
          name: cluster,
          title: facts.clusters.get(cluster),
        })}`,
        environment: name,
        cluster,
        bars: withSettings(
          withMarks(bars, findIncidents(intervals)),
          stepsOn(intervals),
          facts,
        ),
        unknown: unknownTimes(intervals, facts),
      },
    ];
  });
}

function deploymentsIn(
  environment: string,
  { deployments }: TimelineFacts,
): Map<string, DeploymentInterval[]> {
  const byCluster = new Map<string, DeploymentInterval[]>();
  for (const interval of deployments) {
    if (interval.environment !== environment) continue;
    const others = byCluster.get(interval.cluster);
    if (others) others.push(interval);
    else byCluster.set(interval.cluster, [interval]);
  }
  return byCluster;
}

/** Joins intervals to one per release, whatever the health was. */
function joinReleases(
  intervals: readonly DeploymentInterval[],
): Array<Omit<ReleaseInterval, 'by'>> {
  const stays: Array<Omit<ReleaseInterval, 'by'>> = [];
  for (const { environment, release, from, to } of intervals) {
    if (release === undefined) continue;
    const last = stays.at(-1);
    const isNext = last?.to?.getTime() === from.getTime();
    if (last && isNext && last.release === release) {
      last.to = to;
      continue;
    }
    stays.push({
      environment,
      release,
      from,
      ...(to && { to }),
      ...(last && isNext && { before: last.release }),
    });
  }
  return stays;
}

/**
 * Adds who released it and the kind of change, from the newest interval of that
 * release until then. A cluster that skipped releases counts as rolled back
 * only if it left the release that the environment left, or one newer than
 * this.
 */
function withReleaser(
  stay: Omit<ReleaseInterval, 'by'>,
  released: readonly ReleaseInterval[],
): ReleaseInterval {
  const { release, before, from } = stay;
  const releaser = released
    .filter(each => each.release === release && each.from <= from)
    .at(-1);
  const by = releaser?.by ?? 'system:delivery';
  if (before === undefined) return { ...stay, by };
  const isBack =
    releaser?.change === 'rollback' &&
    (before === releaser.before || before > release);
  const byNumber = before > release ? 'older' : 'newer';
  return { ...stay, by, change: isBack ? 'rollback' : byNumber };
}

function toBar(
  { release, before, change, by, ...interval }: ReleaseInterval,
  { messages }: TimelineFacts,
): TimelineBar {
  const [firstLine = ''] = (messages.get(release) ?? '').split('\n');
  return {
    release,
    ...toSpan(interval),
    ...(before !== undefined && { before }),
    ...(change && { change }),
    actor: by,
    cause: firstLine.slice(0, LONGEST_CAUSE),
    marks: [],
  };
}

/** Puts each incident on the bar during which it began; one that began before all bars, on the first. */
function withMarks(
  bars: readonly TimelineBar[],
  incidents: readonly Incident[],
): TimelineBar[] {
  const marks = bars.map((): TimelineMark[] => []);
  for (const incident of [...incidents].sort(byBeginAndCluster)) {
    const next = bars.findIndex(
      ({ from }) => Date.parse(from) > incident.from.getTime(),
    );
    const index = next < 0 ? bars.length - 1 : Math.max(next - 1, 0);
    const { from, to, ...what } = incident;
    marks[index]?.push({ ...what, ...toSpan({ from, to }) });
  }
  return bars.map((bar, index) => ({ ...bar, marks: marks[index] }));
}

function byBeginAndCluster(a: Incident, b: Incident): number {
  return (
    a.from.getTime() - b.from.getTime() || (a.cluster < b.cluster ? -1 : 1)
  );
}

/** Times in which there were deployments, a portal was running, and none of their clusters answered. */
function unknownTimes(
  deployments: readonly DeploymentInterval[],
  { silences, gaps, window }: TimelineFacts,
): TimelineLane['unknown'] {
  const answered = deployments.flatMap(deployment =>
    subtractIntervals(
      [deployment],
      silences.filter(({ cluster }) => cluster === deployment.cluster),
    ),
  );
  return subtractIntervals(deployments, [...answered, ...gaps])
    .filter(
      ({ from, to }) =>
        from < window.to && endOf({ to }) > window.from.getTime(),
    )
    .map(toSpan);
}
