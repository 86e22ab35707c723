import {
  type KubeObject,
  LABELS,
  type Result,
  type ScoreWorkload,
  failed,
  ok,
} from '@callboard/plugin-callboard-common';
import { renderProblem } from '../RenderFault';
import { sortKeys } from '../canonicalJson';
import { environmentLabels } from '../labels';
import { namespaceOf } from '../namespaceOf';
import { CURRENT_RENDERER } from '../renderers';
import { chooseProvisioner } from './chooseProvisioner';
import { type GivenResource, provisionResources } from './provisionResources';
import { renderGeneratedSecret } from './generatedSecret';
import type {
  ClusterTraits,
  GeneratedValue,
  ProvisionContext,
  Provisioner,
} from './types';

/** Objects of a resource on a cluster. */
export interface ProvisionedObjects {
  /** Its id, or its name in its workload. */
  name: string;
  /** Name of its objects. */
  objectName: string;
  type: string;
  /** Name of the provisioner. */
  by: string;
  objects: KubeObject[];
  /** Whether it has generated secrets that can be rotated. */
  hasSecrets: boolean;
}

/** Objects of all resources of an app on a cluster. */
export interface RenderedResources {
  resources: ProvisionedObjects[];
  /** Holds their generated values; absent where there are none. */
  secret?: KubeObject;
}

export interface ResourcesInput {
  app: string;
  environment: string;
  release: number;
  workloads: ScoreWorkload[];
  provisioners: readonly Provisioner[];
  cluster?: ClusterTraits;
  secretVersions?: Readonly<Record<string, number>>;
  inPlace?: ReadonlySet<string>;
}

/**
 * Renders the objects of all resources that the workloads of an app request,
 * each once even where several share it. Resources without objects are left
 * out. The objects carry no release number, so that a release that changes
 * nothing of a resource does not touch it.
 */
export function renderResources(
  input: ResourcesInput,
): Result<RenderedResources> {
  const { app, environment, workloads, provisioners } = input;
  const context: ProvisionContext = {
    app,
    environment,
    release: input.release,
    renderer: CURRENT_RENDERER, // resources with objects of their own are the same in all versions
    namespace: namespaceOf(app, environment),
    workloads,
    ...(input.cluster && { cluster: input.cluster }),
    secretVersions: input.secretVersions ?? {},
    ...(input.inPlace && { inPlace: input.inPlace }),
  };
  const all = new Map<string, ProvisionedObjects>();
  const drawn = new Map<string, Record<string, GeneratedValue>>();
  for (const workload of workloads) {
    const provisioned = provisionResources(workload, provisioners, context);
    if (!provisioned.ok)
      return failed(renderProblem(workload.metadata.name, provisioned.fault));
    for (const [name, given] of provisioned.value.given) {
      const key = given.request.objectName;
      if (all.has(key)) continue;
      const { id } = workload.resources?.[name] ?? {};
      const objects = objectsOf(given, context);
      const { secrets } = given.given;
      if (secrets) drawn.set(key, secrets);
      if (objects.length === 0 && !secrets) continue;
      all.set(key, {
        name: id ?? name,
        objectName: key,
        type: given.request.type,
        by: given.provisioner,
        objects,
        hasSecrets: secrets !== undefined,
      });
    }
  }
  const resources = [...all.values()];
  if (drawn.size === 0) return ok({ resources });
  const secret = renderGeneratedSecret(drawn, {
    namespace: context.namespace,
    labels: environmentLabels({ app, environment }),
    versions: context.secretVersions,
  });
  return ok({ resources, secret: sortKeys(secret) });
}

/**
 * Describes the provisioners that are chosen for the resources of an app on a
 * cluster, with their revisions: equal texts give equal objects.
 */
export function describeProvisioners(
  workloads: readonly ScoreWorkload[],
  provisioners: readonly Provisioner[],
  cluster: ClusterTraits | undefined,
): string[] {
  const chosen = workloads.flatMap(({ resources = {} }) =>
    Object.values(resources).map(resource => {
      const choice = chooseProvisioner(provisioners, resource, cluster);
      return choice.kind === 'chosen'
        ? `${choice.provisioner.name} ${choice.provisioner.revision}`
        : `${choice.kind} ${resource.type} ${cluster?.name}`;
    }),
  );
  return [...new Set(chosen)].sort();
}

function objectsOf(
  { request, given }: GivenResource,
  { app, environment, namespace }: ProvisionContext,
): KubeObject[] {
  const labels = {
    ...environmentLabels({ app, environment }),
    [LABELS.resource]: request.objectName,
  };
  return (given.objects ?? []).map(object =>
    sortKeys({
      ...object,
      metadata: {
        ...object.metadata,
        namespace,
        labels: { ...object.metadata.labels, ...labels },
      },
    }),
  );
}
