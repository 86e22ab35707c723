import { createHash } from 'node:crypto';
import { fingerprintOf } from '@callboard/plugin-callboard-clusters-node';
import {
  type BlockInput,
  type NeededSetting,
  type Provisioner,
  type ReleaseInput,
  type RenderedRelease,
  type Settings,
  type WorkloadOperation,
  describeProvisioners,
  exposureWithin,
  findUnofferedSecrets,
  guardRailsOf,
  namespaceOf,
  operateWorkload,
  overridesFor,
  planAddresses,
  renderBlock,
  renderBlueprint,
  renderExternalSecrets,
  renderRelease,
  renderSettingsSecret,
  replicasFor,
  resolveBlueprint,
  hasResources,
  secretNotOffered,
  settingsProvisioners,
  traitsOf,
} from '@callboard/plugin-callboard-core';
import {
  type Exposure,
  type KubeObject,
  type Result,
  failed,
  isRecord,
  ok,
} from '@callboard/plugin-callboard-common';
import type { Builder } from '@callboard/plugin-callboard-node';
import type { Platform } from '../../Platform';
import type {
  AppDeploymentKey,
  ClusterRecord,
  ReleaseRecord,
} from '../../store';
import { imagesForCluster } from '../building/imagesFor';
import { findEnvironment } from '../placing/findEnvironment';
import type { RenderedDeployment } from './RenderedDeployment';
import type { PullCredentials } from './PullCredentials';
import type { RenderedApps } from './RenderedApps';
import { renderPullSecret } from './renderPullSecret';

const NO_EXPOSURE: Exposure = { type: 'ClusterIP' };

/** Renders the desired objects of a release of an app in an environment, for a cluster. */
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
    provisioners: given,
    settings,
    needed,
    secretVersions,
    inPlace,
    operation,
    rendered,
  }: {
    release: ReleaseRecord;
    cluster: ClusterRecord;
    platform: Platform;
    builders: readonly Builder[];
    defaultBuilder: string;
    pullCredentials: readonly PullCredentials[];
    /** Where replicas are divided; else the environment specifies them. */
    replicas?: number;
    provisioners: readonly Provisioner[];
    /** Settings of the release, and the ones that it reads. */
    settings: Settings | undefined;
    needed: readonly NeededSetting[];
    /** Versions of resources whose secrets were rotated. */
    secretVersions: Readonly<Record<string, number>>;
    /** Objects that the cluster holds of the app. */
    inPlace: readonly string[];
    operation: WorkloadOperation;
    rendered: RenderedApps;
  },
): Result<RenderedDeployment> {
  const { app, environment } = key;
  const resolved = findEnvironment(platform.environments, release, environment);
  if (!resolved.ok) return resolved;
  const images = imagesForCluster(release, resolved.value, {
    kind: cluster.connectionKind,
    builders,
    defaultBuilder,
  });
  if (!images.ok) return images;
  const guardRails = guardRailsOf(cluster.file, platform.blueprints);
  const exposure = exposureWithin(guardRails, cluster.file.spec.exposure);
  const { labels = {} } = cluster.file.metadata;
  const replicas = divided ?? replicasFor(resolved.value, labels);
  const overrides = overridesFor(resolved.value, labels);

  const of = {
    images: images.value,
    exposure,
    replicas,
    pullCredentials,
    ...(overrides && { overrides }),
    ...(Object.keys(guardRails).length > 0 && { guardRails }),
    operation,
  };
  const provisioners = [...settingsProvisioners(settings), ...given];
  const { workloads } = release.content;
  const ofCluster = () => traitsOf(cluster.file, platform.blueprints);
  const planned = planAddresses(
    { app, environment: resolved.value, workloads },
    {
      file: cluster.file,
      traits:
        resolved.value.addresses ?? cluster.file.spec.addresses
          ? ofCluster()
          : {},
    },
  );
  if (!planned.ok) return planned;
  const addresses = planned.value;
  const traits = hasResources(workloads) ? ofCluster() : undefined;
  const [unoffered] = traits
    ? findUnofferedSecrets(key, { needed, settings }, traits)
    : [];
  if (unoffered)
    return failed(
      secretNotOffered(
        unoffered,
        `Cannot run release ${release.number} of "${app}" on ${cluster.name}`,
      ),
    );
  return rendered.get(
    {
      app,
      environment,
      release: release.number,
      at: release.createdAt,
      ...of,
      ...(addresses && { addresses }),
      ...(traits && {
        provisioners: describeProvisioners(workloads, provisioners, traits),
        traits,
        secretVersions,
        inPlace,
      }),
    },
    () =>
      deliver(
        {
          app,
          environment,
          release: release.number,
          renderer: release.renderer,
          workloads,
          files: release.content.files,
          deploy: release.content.appFile?.spec.deploy,
          ...(overrides && { overrides }),
          guardRails,
          images: images.value,
          exposure,
          ...(addresses && { addresses }),
          replicas,
          provisioners,
          secretVersions,
          inPlace: new Set(inPlace),
          cluster: traits ?? ofCluster(),
        },
        {
          pullCredentials,
          operation,
          secretsOfSettings: [
            renderSettingsSecret(key, needed, settings),
            ...(traits
              ? renderExternalSecrets(key, { needed, settings }, traits)
              : []),
          ],
        },
      ),
  );
}

/** Renders what clusters with the same exposure and number of replicas get of a release, with its pull secret. */
function deliver(
  input: ReleaseInput,
  {
    pullCredentials,
    operation,
    secretsOfSettings,
  }: {
    pullCredentials: readonly PullCredentials[];
    operation: WorkloadOperation;
    /** Settings with the secrets that the release reads, or with references to them. */
    secretsOfSettings: ReadonlyArray<KubeObject | undefined>;
  },
): Result<RenderedDeployment> {
  const { app, environment, release, exposure, images } = input;
  const namespace = namespaceOf(app, environment);
  const pullSecret = renderPullSecret(
    { app, environment, namespace },
    images,
    pullCredentials,
  );
  const rendered = renderRelease({
    ...input,
    ...(pullSecret && { pullSecrets: [pullSecret.metadata.name] }),
  });
  if (!rendered.ok) return rendered;
  const { resources } = rendered.value;
  const workloads = rendered.value.workloads.map(each => ({
    ...each,
    objects: operateWorkload(each.objects, operation),
  }));
  return ok(
    assemble({
      areInstancesSeen: true,
      ...(operation.isStopped && { isStopped: true }),
      deployment: namespace,
      namespace,
      release,
      shared: [
        rendered.value.namespace,
        ...rendered.value.guardRails,
        pullSecret,
        resources.secret,
        ...secretsOfSettings,
      ].filter(each => each !== undefined),
      parts: [
        ...workloads,
        ...resources.resources.map(({ name, type, objects }) => ({
          name,
          resource: type,
          objects,
        })),
        ...rendered.value.addresses.map(({ host, objects }) => ({
          name: host,
          resource: 'address',
          objects,
        })),
      ],
      instances: countInstances(workloads),
      exposure,
      ...(input.cluster?.gateway?.isTls && { isGatewayTls: true }),
      ...(input.addresses && { addresses: input.addresses }),
      drift: 'NotSet',
    }),
  );
}

/** Counts instances of workloads with a fixed number; others have one per node or run. */
function countInstances(parts: RenderedRelease['workloads']): number {
  return parts
    .flatMap(({ objects }) => objects)
    .reduce((sum, { spec }) => {
      const replicas = isRecord(spec) ? spec.replicas : undefined;
      return sum + (typeof replicas === 'number' ? replicas : 0);
    }, 0);
}

/**
 * Renders the desired objects of a cluster's blueprint; `undefined` for a
 * cluster that names none.
 *
 * @param platformUser - Callboard's user on the cluster, where that can refuse
 *   other clients' changes
 * @param cluster - with the version that it shall run (`atVersion`); else the
 *   newest active one is used
 */
export function renderBlueprintOf(
  cluster: ClusterRecord,
  platform: Platform,
  {
    platformUser,
    exception,
  }: Partial<Pick<BlockInput, 'platformUser' | 'exception'>> = {},
): Result<(RenderedDeployment & { name: string }) | undefined> {
  const { blueprint: named } = cluster.file.spec;
  if (named === undefined) return ok(undefined);
  const blueprint = resolveBlueprint(platform.blueprints, named);
  if (!blueprint.ok) return blueprint;
  const { name, version, drift, addons } = blueprint.value;
  const parts = renderBlueprint(blueprint.value).map(({ addon, objects }) => ({
    name: addon,
    description: addons.find(each => each.name === addon)?.description,
    objects,
  }));
  const delivery = assemble({
    areInstancesSeen: false, // add-ons only report how many instances they have
    deployment: 'blueprint',
    release: version,
    shared:
      platformUser !== undefined && drift === 'BlockAndNotify'
        ? renderBlock(blueprint.value, {
            cluster: cluster.name,
            platformUser,
            ...(exception && { exception }),
          })
        : [],
    parts,
    instances: 0,
    exposure: NO_EXPOSURE,
    // Changes that an exception admits stay until it ends.
    drift: exception && drift === 'BlockAndNotify' ? 'DetectAndNotify' : drift,
  });
  return ok({ ...delivery, name });
}

function assemble(
  of: Omit<RenderedDeployment, 'objects' | 'fingerprint'> & {
    shared: KubeObject[];
  },
): RenderedDeployment {
  const { shared, ...delivery } = of;
  const objects = [...shared, ...delivery.parts.flatMap(part => part.objects)];
  return { ...delivery, objects, fingerprint: fingerprintOfAll(objects) };
}

/** Returns one fingerprint of all desired objects. */
export function fingerprintOfAll(objects: readonly KubeObject[]): string {
  return createHash('sha256')
    .update(objects.map(fingerprintOf).join())
    .digest('hex');
}
