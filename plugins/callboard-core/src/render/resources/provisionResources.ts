import type { V1Volume } from '@kubernetes/client-node';
import type {
  ScoreResource,
  ScoreWorkload,
} from '@callboard/plugin-callboard-common';
import type { AsJson } from '../../kubernetes';
import { type Rendered, cannotRender, rendered } from '../RenderFault';
import { checkResources, identityOf } from './checkResources';
import { expandParams } from './expandParams';
import { orderByParams } from './orderByParams';
import {
  PROVISIONERS,
  type ProvisionContext,
  type Provisioned,
} from './provisioners';

export interface ProvisionedResources {
  /** Outputs by the name of the resource, for placeholders. */
  outputs: Record<string, unknown>;
  /** Volumes of the pod by their name. */
  volumes: Record<string, Omit<AsJson<V1Volume>, 'name'>>;
}

/**
 * Gives a workload the resources it asks for, each after those its params refer
 * to. Refused are types nobody provides, circles among params, and resources
 * shared by `id` whose definitions differ.
 */
export function provisionResources(
  workload: ScoreWorkload,
  context: ProvisionContext,
): Rendered<ProvisionedResources> {
  const resources = fillShared(workload.resources ?? {}, context.workloads);
  const fault = checkResources(workload, context.workloads);
  if (fault) return cannotRender(fault);
  const order = orderByParams(resources);
  if (!order.ok) return order;

  // Those that come later are there too, so that a wrong name is answered with all right ones.
  const outputs: Record<string, unknown> = Object.fromEntries(
    order.value.map(name => [name, {}]),
  );
  const volumes: ProvisionedResources['volumes'] = {};
  const given = new Map<string, Provisioned & { ok: true }>();
  for (const name of order.value) {
    const resource = resources[name];
    const one =
      given.get(identityOf(resource) ?? '') ?? provision(name, resource);
    if (!one.ok) return one;
    outputs[name] = one.outputs;
    if (one.volume) volumes[String(one.outputs)] = one.volume;
    given.set(identityOf(resource) ?? name, one);
  }
  return rendered({ outputs, volumes });

  function provision(
    name: string,
    { type, params = {} }: ScoreResource,
  ): (Provisioned & { ok: true }) | ReturnType<typeof cannotRender> {
    const path = ['resources', name, 'params'];
    const expanded = expandParams(
      params,
      { metadata: workload.metadata, resources: outputs },
      path,
    );
    if (!expanded.ok) return expanded;
    const one = PROVISIONERS[type](
      { name, type, params: expanded.value },
      context,
    );
    if (one.ok) return one;
    return cannotRender({
      code: 'resource-invalid',
      path: one.param === undefined ? path : [...path, one.param],
      why: one.why,
      next: one.next,
    });
  }
}

/** A resource that only repeats an `id` takes its params from where they are given. */
function fillShared(
  resources: Record<string, ScoreResource>,
  workloads: ScoreWorkload[],
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
