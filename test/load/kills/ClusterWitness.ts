import { type SimCluster, type SimObject, type SimFleet } from '@callboard/sim';

const APP = 'callboard.dev/app';

/** A Deployment of an app as its cluster has it. */
export interface Running {
  cluster: string;
  /** Namespace: `shop--dev`. */
  place: string;
  app: string;
  /** Of the image: `registry.example/shop:7`. */
  version: number;
}

interface Seen {
  uid: string;
  generation: number;
  version: number;
  spec: string;
}

/**
 * Sees every write at every API server, in order: no app goes back to a version
 * that was replaced, nothing is written twice, and no app that serves somewhere stops serving
 * everywhere.
 */
export class ClusterWitness {
  /** Writes to Deployments that changed what they want. */
  effects = 0;
  readonly #fleet: SimFleet;
  readonly #violate: (what: string) => void;
  readonly #seen = new Map<string, Seen>();
  /** Clusters on which an app's place serves. */
  readonly #serving = new Map<string, Set<string>>();

  constructor(fleet: SimFleet, violate: (what: string) => void) {
    this.#fleet = fleet;
    this.#violate = violate;
  }

  watch(cluster: SimCluster): void {
    cluster.registry.store.subscribe(({ type, object }) => {
      if (object.kind !== 'Deployment' || !appOf(object)) return;
      this.#look(cluster.name, object, type === 'DELETED');
    });
  }

  /** Everything of apps that is on any cluster, sorted. */
  running(): Running[] {
    return this.#fleet
      .clusters()
      .flatMap(cluster =>
        cluster
          .dump()
          .filter(object => object.kind === 'Deployment' && appOf(object))
          .map(object => ({
            cluster: cluster.name,
            place: object.metadata.namespace!,
            app: appOf(object)!,
            version: versionOf(object),
          })),
      )
      .sort((a, b) => (keyOf(a) < keyOf(b) ? -1 : 1));
  }

  /** Objects of apps in places where no Deployment of theirs is, but for what Kubernetes itself put there. */
  orphans(): string[] {
    const places = new Set(
      this.running().map(({ cluster, place }) => `${cluster} ${place}`),
    );
    return this.#fleet.clusters().flatMap(cluster =>
      cluster
        .dump()
        .filter(object => appOf(object))
        .map(
          ({ kind, metadata }) =>
            [
              `${cluster.name} ${metadata.namespace ?? metadata.name}`,
              `${kind} ${metadata.name}`,
            ] as const,
        )
        .filter(([place]) => !places.has(place))
        .map(each => each.join(' ')),
    );
  }

  #look(cluster: string, object: SimObject, isDeleted: boolean): void {
    const {
      namespace = '',
      uid,
      generation = 0,
    } = object.metadata as {
      namespace?: string;
      uid: string;
      generation?: number;
    };
    const place = `${cluster} ${namespace}`;
    const before = this.#seen.get(place);
    const version = versionOf(object);
    const spec = JSON.stringify(object.spec);
    // One that moves in while a release is on its way has the former one until its turn.
    if (!isDeleted && before?.uid === uid) {
      if (version < before.version)
        this.#violate(
          `${place} went back from version ${before.version} to ${version}`,
        );
      if (generation > before.generation && spec === before.spec)
        this.#violate(`${place} was written twice: version ${version}`);
    }
    if (!isDeleted && (!before || generation !== before.generation))
      this.effects += 1;
    this.#seen.set(place, { uid, generation, version, spec });
    this.#noteServing(
      cluster,
      namespace,
      !isDeleted && availableOf(object) > 0,
    );
  }

  #noteServing(cluster: string, place: string, isServing: boolean): void {
    const clusters = this.#serving.get(place) ?? new Set();
    this.#serving.set(place, clusters);
    if (isServing) clusters.add(cluster);
    else if (clusters.delete(cluster) && clusters.size === 0)
      this.#violate(
        `${place} serves nowhere any more, ${cluster} was the last`,
      );
  }
}

function appOf({ metadata }: SimObject): string | undefined {
  return metadata.labels?.[APP];
}

function keyOf({ cluster, place }: Running): string {
  return `${place} ${cluster}`;
}

function versionOf(object: SimObject): number {
  const { template } = object.spec as {
    template: { spec: { containers: Array<{ image: string }> } };
  };
  return Number(template.spec.containers[0].image.split(':')[1]);
}

function availableOf(object: SimObject): number {
  const { availableReplicas = 0 } = (object.status ?? {}) as {
    availableReplicas?: number;
  };
  return availableReplicas;
}
