import { createHash } from 'node:crypto';
import { fingerprintOf } from '@callboard/plugin-callboard-clusters-node';
import {
  type ClusterTraits,
  type Provisioner,
  describeProvisioners,
  namespaceOf,
  renderBlueprint,
  renderNamespace,
  renderResources,
  renderWorkload,
  replicasFor,
  resolveBlueprint,
} from '@callboard/plugin-callboard-core';
import {
  type Exposure,
  type KubeObject,
  type Result,
  isRecord,
  ok,
} from '@callboard/plugin-callboard-common';
import type { Builder } from '@callboard/plugin-callboard-node';
import type { Platform } from '../../ControlPlaneDeps';
import type {
  ClusterRecord,
  AppDeploymentKey,
  Images,
  ReleaseRecord,
} from '../../store';
import { imagesForCluster } from '../building/imagesFor';
import { findEnvironment } from '../placing/findEnvironment';
import type { DesiredDelivery } from './DesiredDelivery';
import type { PullCredentials } from './PullCredentials';
import { traitsOf } from './provisionersOf';
import type { RenderedApps } from './RenderedApps';
import { renderPullSecret } from './renderPullSecret';

const NO_EXPOSURE: Exposure = { type: 'ClusterIP' };

/** What a cluster shall hold of a release of an app in an environment. */
export function renderApp(
  key: AppDeploymentKey,
  {
    release,
    cluster,
    platform,
    builders,
    defaultBuilder,
    pullCredentials,
    replicas: divided,
    provisioners,
    secretVersions,
    inPlace,
    rendered,
  }: {
    release: ReleaseRecord;
    cluster: ClusterRecord;
    platform: Platform;
    builders: readonly Builder[];
    defaultBuilder: string;
    pullCredentials: readonly PullCredentials[];
    /** Where copies are divided; else the environment says it. */
    replicas?: number;
    provisioners: readonly Provisioner[];
    /** Of resources whose secrets were rotated. */
    secretVersions: Readonly<Record<string, number>>;
    /** Objects that the cluster holds of the app. */
    inPlace: readonly string[];
    rendered: RenderedApps;
  },
): Result<DesiredDelivery> {
  const { app, environment } = key;
  const resolved = findEnvironment(platform.environments, release, environment);
  if (!resolved.ok) return resolved;
  const images = imagesForCluster(release, resolved.value, {
    kind: cluster.connectionKind,
    builders,
    defaultBuilder,
  });
  if (!images.ok) return images;
  const exposure = cluster.file.spec.exposure ?? NO_EXPOSURE;
  const replicas =
    divided ?? replicasFor(resolved.value, cluster.file.metadata.labels ?? {});

  const of = { images: images.value, exposure, replicas, pullCredentials };
  const traits = traitsOf(cluster, platform);
  const { workloads } = release.content;
  const hasResources = workloads.some(
    ({ resources = {} }) => Object.keys(resources).length > 0,
  );
  return rendered.get(
    {
      app,
      environment,
      release: release.number,
      at: release.createdAt,
      ...of,
      ...(hasResources && {
        provisioners: describeProvisioners(workloads, provisioners, traits),
        traits,
        secretVersions,
        inPlace,
      }),
    },
    () =>
      renderRelease({ app, environment }, release, {
        ...of,
        provisioners,
        secretVersions,
        inPlace: new Set(inPlace),
        cluster: traits,
      }),
  );
}

/** What clusters with the same exposure and number of replicas hold of a release. */
function renderRelease(
  { app, environment }: { app: string; environment: string },
  release: ReleaseRecord,
  {
    images,
    exposure,
    replicas,
    pullCredentials,
    provisioners,
    secretVersions,
    inPlace,
    cluster,
  }: {
    images: Images;
    exposure: Exposure;
    replicas: number;
    pullCredentials: readonly PullCredentials[];
    provisioners: readonly Provisioner[];
    secretVersions: Readonly<Record<string, number>>;
    inPlace: ReadonlySet<string>;
    cluster: ClusterTraits;
  },
): Result<DesiredDelivery> {
  const { renderer } = release;
  const { appFile, workloads, files } = release.content;
  const { deploy = {} } = appFile?.spec ?? {};
  const namespace = renderNamespace({ app, environment, renderer, deploy });
  const pullSecret = renderPullSecret(
    { app, environment, namespace: namespace.metadata.name },
    images,
    pullCredentials,
  );

  const parts: Array<DesiredDelivery['parts'][number]> = [];
  for (const workload of workloads) {
    const { name } = workload.metadata;
    const settings = Object.hasOwn(deploy, name) ? deploy[name] : {};
    const objects = renderWorkload({
      app,
      environment,
      release: release.number,
      renderer,
      workload,
      settings,
      images: images[name] ?? {},
      exposure,
      replicas,
      files,
      workloads,
      provisioners,
      secretVersions,
      inPlace,
      cluster,
      ...(pullSecret && { pullSecrets: [pullSecret.metadata.name] }),
    });
    if (!objects.ok) return objects;
    parts.push({
      name,
      objects: objects.value,
      phase: settings.runs ?? 'release',
    });
  }
  const resources = renderResources({
    app,
    environment,
    release: release.number,
    workloads,
    provisioners,
    secretVersions,
    inPlace,
    cluster,
  });
  if (!resources.ok) return resources;
  const instances = countInstances(parts);
  for (const { name, type, objects } of resources.value.resources)
    parts.push({ name, resource: type, objects });
  return ok(
    assemble({
      areInstancesSeen: true,
      deployment: namespaceOf(app, environment),
      namespace: namespace.metadata.name,
      release: release.number,
      shared: [namespace, pullSecret, resources.value.secret].filter(
        each => each !== undefined,
      ),
      parts,
      instances,
      exposure,
      drift: 'NotSet',
    }),
  );
}

/** Of what has a number of instances; others have as many as there are nodes or runs. */
function countInstances(parts: DesiredDelivery['parts']): number {
  return parts
    .flatMap(({ objects }) => objects)
    .reduce((sum, { spec }) => {
      const replicas = isRecord(spec) ? spec.replicas : undefined;
      return sum + (typeof replicas === 'number' ? replicas : 0);
    }, 0);
}

/** What a cluster shall hold of its blueprint; `undefined` for a cluster that names none. */
export function renderBlueprintOf(
  cluster: ClusterRecord,
  platform: Platform,
): Result<(DesiredDelivery & { name: string }) | undefined> {
  const { blueprint: named } = cluster.file.spec;
  if (named === undefined) return ok(undefined);
  const blueprint = resolveBlueprint([...platform.blueprints], named);
  if (!blueprint.ok) return blueprint;
  const { name, version, drift, addons } = blueprint.value;
  const parts = renderBlueprint(blueprint.value).map(({ addon, objects }) => ({
    name: addon,
    description: addons.find(each => each.name === addon)?.description,
    objects,
  }));
  const delivery = assemble({
    areInstancesSeen: false, // add-ons only say how many they have
    deployment: 'blueprint',
    release: version,
    shared: [],
    parts,
    instances: 0,
    exposure: NO_EXPOSURE,
    drift,
  });
  return ok({ ...delivery, name });
}

function assemble(
  of: Omit<DesiredDelivery, 'objects' | 'fingerprint'> & {
    shared: KubeObject[];
  },
): DesiredDelivery {
  const { shared, ...delivery } = of;
  const objects = [...shared, ...delivery.parts.flatMap(part => part.objects)];
  return { ...delivery, objects, fingerprint: fingerprintOfAll(objects) };
}

/** One text for all that is wanted. */
export function fingerprintOfAll(objects: readonly KubeObject[]): string {
  return createHash('sha256')
    .update(objects.map(fingerprintOf).join())
    .digest('hex');
}
