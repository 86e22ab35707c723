import type {
  AppFile,
  BlueprintFile,
  ClusterFile,
  ClusterSetFile,
  ScoreWorkload,
} from '@callboard/plugin-callboard-common';
import { planAddresses } from '../addresses';
import {
  type ResolvedEnvironment,
  overridesFor,
  replicasFor,
} from '../environment';
import { exposureWithin, guardRailsOf } from '../guardrails';
import { setsOf } from '../placement/belongsToSet';
import {
  type Provisioner,
  type SourceFile,
  renderRelease,
  traitsOf,
} from '../render';
import { buildFolderOf } from '../render/buildFolder';
import type { PolicyCluster, PolicyPlace, PolicySubject } from './types';

/** Result of rendering a release for a place. */
type Rendered = Pick<PolicyPlace, 'objects' | 'fault'>;

const NOT_BUILT: Rendered = {
  objects: [],
  fault: 'its images were not built for this cluster',
};

type Images = Record<string, Record<string, string>>;

/** A release in an environment, before it is rendered. */
export interface SubjectSources {
  app: PolicySubject['app'];
  release: Pick<
    PolicySubject['release'],
    'number' | 'commit' | 'author' | 'message'
  > & {
    renderer: number;
    workloads: readonly ScoreWorkload[];
    deploy?: AppFile['spec']['deploy'];
    files: Record<string, SourceFile>;
    /** By workload and container. */
    images: Images;
  };
  environment: ResolvedEnvironment;
  /** Clusters where it runs, or would run. Empty where that is not known: then it is judged without a cluster. */
  clusters: ReadonlyArray<{
    file: ClusterFile;
    /** Images that differ on this cluster. `null` where it cannot run there. */
    images?: Images | null;
  }>;
}

/** Files of the platform that the rendering depends on. */
export interface SubjectPlatform {
  blueprints: readonly BlueprintFile[];
  clusterSets?: readonly ClusterSetFile[];
  provisioners: readonly Provisioner[];
}

/**
 * Returns a release as policies see it, with the objects that each of its
 * clusters would hold: the same list for clusters with the same objects, and
 * the reason where it cannot be rendered. Settings have made-up values:
 * policies do not depend on them.
 */
export function renderSubject(
  { app, release, environment, clusters }: SubjectSources,
  platform: SubjectPlatform,
): PolicySubject {
  const { number, commit, author, message, workloads } = release;
  const { name, title, order } = environment;
  const render = renderOnce({ app, release, environment }, platform);
  return {
    app,
    release: {
      number,
      commit,
      author,
      message,
      workloads,
      images: imagesNamed(workloads, release.images),
    },
    environment: { name, title, order },
    places:
      clusters.length === 0
        ? [render(undefined, release.images)]
        : clusters.map(({ file, images = release.images }) => ({
            cluster: clusterOf(file, platform),
            ...(images === null ? NOT_BUILT : render(file, images)),
          })),
  };
}

function clusterOf(
  file: ClusterFile,
  { blueprints, clusterSets = [] }: SubjectPlatform,
): PolicyCluster {
  const { name, labels, blueprints: line } = traitsOf(file, blueprints);
  const { claims = {} } = file.spec;
  return {
    name,
    labels,
    claims,
    clusterSets: setsOf(file, clusterSets),
    blueprints: line,
  };
}

/** Returns the images that its containers run, as far as they are known. */
function imagesNamed(
  workloads: readonly ScoreWorkload[],
  images: Images,
): string[] {
  const named = workloads.flatMap(({ metadata, containers }) =>
    Object.entries(containers).map(
      ([container, { image }]) => images[metadata.name]?.[container] ?? image,
    ),
  );
  return [...new Set(named)]
    .filter(image => buildFolderOf(image) === undefined)
    .sort();
}

function renderOnce(
  {
    app,
    release,
    environment,
  }: Pick<SubjectSources, 'app' | 'release' | 'environment'>,
  { blueprints, provisioners }: SubjectPlatform,
): (file: ClusterFile | undefined, images: Images) => Rendered {
  const known = new Map<string, Rendered>();
  return (file, images) => {
    const labels = file?.metadata.labels ?? {};
    const overrides = overridesFor(environment, labels);
    const traits = file && traitsOf(file, blueprints);
    const guardRails = file ? guardRailsOf(file, blueprints) : {};
    const planned =
      file &&
      planAddresses(
        { app: app.name, environment, workloads: release.workloads },
        { file, traits: traits ?? {} },
      );
    if (planned?.ok === false)
      return {
        objects: [],
        fault: `it cannot be rendered there: ${planned.problem.why}`,
      };
    const addresses = planned?.value;
    const of = {
      images,
      exposure: exposureWithin(guardRails, file?.spec.exposure),
      guardRails,
      replicas: replicasFor(environment, labels),
      ...(overrides && { overrides }),
      ...(addresses && { addresses }),
    };
    const key = JSON.stringify([of, traits && { ...traits, name: '' }]);
    const before = known.get(key);
    if (before) return before;
    const rendered = renderRelease({
      ...of,
      app: app.name,
      environment: environment.name,
      release: release.number,
      renderer: release.renderer,
      workloads: [...release.workloads],
      deploy: release.deploy,
      files: release.files,
      provisioners,
      ...(traits && { cluster: traits }),
    });
    const place: Rendered = rendered.ok
      ? { objects: objectsOf(rendered.value) }
      : {
          objects: [],
          fault: `it cannot be rendered there: ${rendered.problem.why}`,
        };
    known.set(key, place);
    return place;
  };
}

function objectsOf({
  namespace,
  guardRails,
  workloads,
  resources,
  addresses,
}: Extract<ReturnType<typeof renderRelease>, { ok: true }>['value']) {
  return [
    namespace,
    ...guardRails,
    ...(resources.secret ? [resources.secret] : []),
    ...[...workloads, ...resources.resources, ...addresses].flatMap(
      part => part.objects,
    ),
  ];
}
