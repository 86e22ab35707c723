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

/** One of the two sides of a comparison. */
export interface Side {
  app: AppFiles;
  renderer: number;
}

/** The changes in one environment on one cluster. */
export interface PlaceChange {
  environment: string;
  /** Absent when no cluster is given: the changes hold on any. */
  cluster?: string;
  objects: ObjectChange[];
}

export interface DiffQuestion {
  before: Side;
  after: Side;
  /** Two: the second is compared with the first. One: only that one. None: all. */
  environments: readonly string[];
}

/** Computes the changes per environment, in their order, and cluster, by name; places without a change are included. */
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
    // Two environments are compared by their content, not by their names.
    environmentName: name,
    ...(spot.cluster && { cluster: spot.cluster }),
    // Images of a build count as equal on both sides.
    images: nameBuiltImages(
      app.workloads.map(({ workload }) => workload),
      'built-from-what-is-pushed',
    ),
    release: 1,
    renderer,
    ...(at.replicas !== undefined && { replicas: at.replicas }),
  });
}
