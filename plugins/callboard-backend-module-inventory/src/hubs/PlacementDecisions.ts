import { isDeepStrictEqual } from 'node:util';
import {
  FIELD_MANAGER,
  type KubeObject,
  LABELS,
  isRecord,
} from '@callboard/plugin-callboard-common';
import type {
  ChosenClusters,
  PlacementPublisher,
} from '@callboard/plugin-callboard-node';
import { type Hub, MANAGED_CLUSTER } from './Hub';
import { readManagedClusters } from './readManagedClusters';
import {
  type DecisionObject,
  PLACEMENT_DECISION,
  writeDecisions,
} from './writeDecisions';

/**
 * Publishes the placements of apps as PlacementDecisions of a hub. A namespace
 * belongs to one portal. Level-based: compares actual and desired objects of
 * the hub, and applies the difference.
 */
export class PlacementDecisions implements PlacementPublisher {
  readonly name: string;
  readonly #hub: Hub;
  readonly #namespace: string;

  constructor(hub: Hub, namespace: string) {
    this.name = `PlacementDecisions of hub ${hub.name}`;
    this.#hub = hub;
    this.#namespace = namespace;
  }

  async publish(
    placements: readonly ChosenClusters[],
    signal: AbortSignal,
  ): Promise<void> {
    // observe
    const namespace = this.#namespace;
    const { clusters } = readManagedClusters(
      await this.#hub.list(MANAGED_CLUSTER),
    );
    const names = new Set(clusters.map(({ file }) => file.metadata.name));
    const found = new Map(
      (await this.#hub.list(PLACEMENT_DECISION, namespace))
        .filter(isOurs)
        .map(object => [object.metadata.name, object]),
    );

    // decide
    const wanted = writeDecisions(placements, {
      namespace,
      isOfHub: cluster => names.has(cluster),
    });
    const kept = new Set(wanted.map(({ metadata }) => metadata.name));
    const surplus = [...found.values()].filter(
      ({ metadata }) => !kept.has(metadata.name),
    );

    // act
    for (const object of wanted) {
      if (signal.aborted) return;
      await this.#apply(object, found.get(object.metadata.name));
    }
    for (const object of surplus) {
      if (signal.aborted) return;
      await this.#hub.remove(object);
    }
  }

  async #apply(
    { status, ...object }: DecisionObject,
    found: KubeObject | undefined,
  ): Promise<void> {
    // Changes by others to our objects are overwritten; an object of another owner is not
    // taken over.
    const force = found !== undefined;
    if (!hasLabels(found, object)) await this.#hub.apply(object, { force });
    if (isRecord(found) && isDeepStrictEqual(found.status, status)) return;
    const { name, namespace } = object.metadata;
    await this.#hub.apply(
      { ...PLACEMENT_DECISION, metadata: { name, namespace }, status },
      { force, subresource: 'status' },
    );
  }
}

function isOurs({ metadata }: KubeObject): boolean {
  return metadata.labels?.[LABELS.managedBy] === FIELD_MANAGER;
}

function hasLabels(found: KubeObject | undefined, wanted: KubeObject): boolean {
  return (
    found !== undefined &&
    Object.entries(wanted.metadata.labels ?? {}).every(
      ([label, value]) => found.metadata.labels?.[label] === value,
    )
  );
}
