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

/** What a resource is on a cluster. */
export interface ProvisionedObjects {
  /** As people call it: its id, or the name that its workload has for it. */
  name: string;
  /** Of its objects. */
  objectName: string;
  type: string;
  /** Of the provisioner. */
  by: string;
  objects: KubeObject[];
  /** Whether something is drawn for it that can be rotated. */
  hasSecrets: boolean;
}

/** What all resources of an app are on a cluster. */
export interface RenderedResources {
  resources: ProvisionedObjects[];
  /** Holds what is drawn for them; absent where nothing is. */
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
 * The objects of all resources that the workloads of an app ask for, each once
 * however many share it. Those that consist of nothing on a cluster are left out.
 * They carry no number of a release: a release that changes nothing of a
 * resource does not touch it.
 */
export function renderResources(
  input: ResourcesInput,
): Result<RenderedResources> {
  const { app, environment, workloads, provisioners } = input;
  const context: ProvisionContext = {
    app,
    environment,
    release: input.release,
    renderer: CURRENT_RENDERER, // what consists of objects of its own is alike in all
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

/** Which provisioners are chosen for the resources of an app on a cluster, and in which revision: equal texts give equal objects. */
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
