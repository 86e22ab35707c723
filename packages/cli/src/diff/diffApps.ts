import {
  type KubeObject,
  type Result,
  ok,
} from '@callboard/plugin-callboard-common';
import {
  type ObjectChange,
  diffObjects,
  nameBuiltImages,
} from '@callboard/plugin-callboard-core';
import type { AppFiles } from '../render/AppFiles';
import {
  type ChosenEnvironment,
  chooseEnvironment,
  listEnvironments,
} from '../render/chooseEnvironment';
import { renderApp } from '../render/renderApp';
import {
  type EnvironmentPair,
  type Share,
  type Spot,
  findSpots,
} from './findSpots';

/** One of the two that are compared. */
export interface Side {
  app: AppFiles;
  renderer: number;
}

/** What would change in one place. */
export interface PlaceChange {
  environment: string;
  /** Absent where no cluster is given: on any. */
  cluster?: string;
  objects: ObjectChange[];
}

export interface DiffQuestion {
  before: Side;
  after: Side;
  /** Two: what is different in the second. One: only there. None: in all. */
  environments: readonly string[];
}

/** What would change where, in the order of environments and by the name of clusters; also where it is nothing. */
export function diffApps(
  question: DiffQuestion,
  now: Date,
): Result<PlaceChange[]> {
  const { before, after } = question;
  const changes: PlaceChange[] = [];
  for (const pair of pairEnvironments(question)) {
    const { name } = pair;
    for (const spot of findSpots(after.app.platform, pair, now)) {
      const old = renderSide(before, pair.before, { name, spot, at: spot.was });
      if (!old.ok) return old;
      const fresh = renderSide(after, pair.after, {
        name,
        spot,
        at: spot.will,
      });
      if (!fresh.ok) return fresh;
      changes.push({
        environment: name,
        ...(spot.cluster && { cluster: spot.cluster.metadata.name }),
        objects: diffObjects(old.value, fresh.value),
      });
    }
  }
  return ok(changes);
}

function pairEnvironments({
  before,
  after,
  environments,
}: DiffQuestion): EnvironmentPair[] {
  const [first, second] = environments;
  const pair = (one?: string, other?: string): EnvironmentPair => {
    const chosen = chooseEnvironment(after.app, other);
    return {
      name: chosen.name,
      before: chooseEnvironment(before.app, one),
      after: chosen,
      areTwo: one !== other,
    };
  };
  if (second !== undefined) return [pair(first, second)];
  const [old, fresh] = [before, after].map(({ app }) => listEnvironments(app));
  const names = [...new Set([...fresh, ...old].map(({ name }) => name))];
  if (names.length === 0 || (first !== undefined && !names.includes(first)))
    return [pair(first, first)];
  return names
    .filter(name => first === undefined || name === first)
    .map(name => ({
      name,
      before: old.find(each => each.name === name),
      after: fresh.find(each => each.name === name),
      areTwo: false,
    }));
}

function renderSide(
  { app, renderer }: Side,
  environment: ChosenEnvironment | undefined,
  { name, spot, at }: { name: string; spot: Spot; at: Share | undefined },
): Result<KubeObject[]> {
  if (!environment || !at) return ok([]);
  return renderApp(app, {
    environment,
    // Two environments differ by what they say, and not by what they are called.
    environmentName: name,
    ...(spot.cluster && { cluster: spot.cluster }),
    // What a build would make of it counts as the same.
    images: nameBuiltImages(
      app.workloads.map(({ workload }) => workload),
      'built-from-what-is-pushed',
    ),
    release: 1,
    renderer,
    ...(at.replicas !== undefined && { replicas: at.replicas }),
  });
}
