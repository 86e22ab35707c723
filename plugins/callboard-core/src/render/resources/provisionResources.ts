import type { V1Volume } from '@kubernetes/client-node';
import {
  type AppConnection,
  type KubeObject,
  type ScoreResource,
  type ScoreWorkload,
  refKey,
} from '@callboard/plugin-callboard-common';
import type { AsJson } from '../../kubernetes';
import { type Rendered, cannotRender, rendered } from '../RenderFault';
import { checkResources } from './checkResources';
import { chooseProvisioner } from './chooseProvisioner';
import { expandParams } from './expandParams';
import { identityOf, mayShare, nameObjects } from './nameObjects';
import { orderByParams } from './orderByParams';
import type {
  ProvisionContext,
  Provisioned,
  Provisioner,
  ResourceRequest,
} from './types';

/** A provisioned resource, and its provisioner. */
export interface GivenResource {
  request: ResourceRequest;
  provisioner: string;
  given: Provisioned & { ok: true };
}

export interface ProvisionedResources {
  /** Outputs by the name of the resource, for placeholders. */
  outputs: Record<string, unknown>;
  /** Volumes of the pod by their name. */
  volumes: Record<string, Omit<AsJson<V1Volume>, 'name'>>;
  /** Volumes of which each instance has a claim of its own, by the name in the pod. */
  claims: Record<string, { size: string; objectName: string }>;
  /** Connections that the workload needs for its resources, beside its own app. */
  connections: AppConnection[];
  /** By the name in the workload; those that share an id are provisioned once. */
  given: ReadonlyMap<string, GivenResource>;
}

/**
 * Provisions the requested resources of a workload, each after those its params
 * refer to. Refused are types without a provisioner, cycles among params, and
 * resources shared by `id` whose definitions differ.
 */
export function provisionResources(
  workload: ScoreWorkload,
  provisioners: readonly Provisioner[],
  context: ProvisionContext,
): Rendered<ProvisionedResources> {
  const resources = mayShare(workload)
    ? fillShared(workload.resources ?? {}, context.workloads)
    : workload.resources ?? {};
  const fault = checkResources(workload, provisioners, context);
  if (fault) return cannotRender(fault);
  const order = orderByParams(resources);
  if (!order.ok) return order;

  // Later ones are present too, so that the problem of a wrong name lists all valid ones.
  const outputs: Record<string, unknown> = Object.fromEntries(
    order.value.map(name => [name, {}]),
  );
  const volumes: ProvisionedResources['volumes'] = {};
  const claims: ProvisionedResources['claims'] = {};
  const connections: AppConnection[] = [];
  const given = new Map<string, GivenResource>();
  const shared = new Map<string, GivenResource>();
  for (const name of order.value) {
    const resource = resources[name];
    const identity = identityOf(resource);
    const known = identity === undefined ? undefined : shared.get(identity);
    const one = known ? rendered(known) : provision(name, resource);
    if (!one.ok) return one;
    const {
      outputs: own,
      volume,
      claim,
      connections: called,
    } = one.value.given;
    const { objectName } = one.value.request;
    outputs[name] = own;
    if (claim) claims[String(own)] = { ...claim, objectName };
    if (called && !known) connections.push(...called);
    if (volume) volumes[String(own)] = volume;
    given.set(name, one.value);
    if (identity !== undefined) shared.set(identity, one.value);
  }
  return rendered({ outputs, volumes, claims, connections, given });

  function provision(
    name: string,
    resource: ScoreResource,
  ): Rendered<GivenResource> {
    const path = ['resources', name, 'params'];
    const expanded = expandParams(
      resource.params ?? {},
      { metadata: workload.metadata, resources: outputs },
      path,
    );
    if (!expanded.ok) return expanded;
    const choice = chooseProvisioner(provisioners, resource, context.cluster);
    if (choice.kind !== 'chosen')
      throw new Error(`Nothing provides "${resource.type}" any more`);
    const { type, class: kind = 'default' } = resource;
    const request = {
      name,
      objectName: nameObjects(workload.metadata.name, name, resource),
      type,
      class: kind,
      params: expanded.value,
      workloads: askersOf(resource, workload, context.workloads),
    };
    const { provisioner, one } = giveBy(
      [choice.provisioner, ...choice.others],
      request,
      context,
    );
    if (one.ok)
      return rendered({ request, provisioner: provisioner.name, given: one });
    return cannotRender({
      code: 'resource-invalid',
      path: one.param === undefined ? path : [...path, one.param],
      why: one.why,
      next: one.next,
    });
  }
}

/** Returns the workloads that request a resource, by name. */
function askersOf(
  resource: ScoreResource,
  workload: ScoreWorkload,
  all: readonly ScoreWorkload[],
): string[] {
  const identity = identityOf(resource);
  const sharing =
    identity === undefined
      ? []
      : all.filter(({ resources = {} }) =>
          Object.values(resources).some(
            other => identityOf(other) === identity,
          ),
        );
  const names = [workload, ...sharing].map(({ metadata }) => metadata.name);
  return [...new Set(names)].sort();
}

/**
 * Keeps the provisioner of an existing resource on a cluster, also when a more
 * specific one is added: that would start without the data.
 */
function giveBy(
  provisioners: readonly Provisioner[],
  request: ResourceRequest,
  context: ProvisionContext,
): { provisioner: Provisioner; one: Provisioned } {
  const { inPlace, namespace } = context;
  const isInPlace = ({ apiVersion, kind, metadata }: KubeObject) =>
    inPlace?.has(refKey({ apiVersion, kind, namespace, name: metadata.name }));
  const [best, ...others] = provisioners.map(provisioner => ({
    provisioner,
    one: provisioner.provision(request, context),
  }));
  const gave = [best, ...others].find(
    ({ one }) => one.ok && one.objects?.length && one.objects.every(isInPlace),
  );
  return gave ?? best;
}

/** A resource that only repeats an `id` takes its params from the definition that has them. */
function fillShared(
  resources: Record<string, ScoreResource>,
  workloads: readonly ScoreWorkload[],
): Record<string, ScoreResource> {
  const params = new Map<string, Record<string, unknown>>();
  for (const resource of workloads.flatMap(other =>
    Object.values(other.resources ?? {}),
  )) {
    const key = identityOf(resource);
    if (key !== undefined && resource.params) params.set(key, resource.params);
  }
  return Object.fromEntries(
    Object.entries(resources).map(([name, resource]) => {
      const shared = params.get(identityOf(resource) ?? '');
      return [
        name,
        resource.params || !shared ? resource : { ...resource, params: shared },
      ];
    }),
  );
}
