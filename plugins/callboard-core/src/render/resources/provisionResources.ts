import type {
  ScoreResource,
  ScoreWorkload,
} from '@callboard/plugin-callboard-common';
import type { FieldPath } from '@callboard/plugin-callboard-common';
import {
  type RenderFault,
  type Rendered,
  cannotRender,
  placeholderFault,
  rendered,
} from '../RenderFault';
import { canonicalJson } from '../canonicalJson';
import {
  type PlaceholderScope,
  listReferences,
  resolvePlaceholders,
} from '../placeholders';
import {
  PROVISIONERS,
  type ProvisionContext,
  isProvisioned,
} from './provisioners';

export interface ProvisionedResources {
  /** Outputs by the name of the resource, for placeholders. */
  outputs: Record<string, unknown>;
  /** Volumes by the name of the resource. */
  volumes: Record<string, { emptyDir: Record<string, unknown> }>;
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
  const resources = workload.resources ?? {};
  const names = Object.keys(resources).sort();
  const fault =
    findUnknownType(resources, names) ??
    findConflict(workload, context.workloads);
  if (fault) return cannotRender(fault);

  const order = orderByParams(resources, names);
  if (!order.ok) return order;

  const outputs: Record<string, unknown> = {};
  const volumes: ProvisionedResources['volumes'] = {};
  for (const name of order.value) {
    const { type, params = {} } = resources[name];
    const path = ['resources', name, 'params'];
    // Those that come later are listed too, so that a wrong name is answered with all right ones.
    const known = {
      ...Object.fromEntries(names.map(other => [other, {}])),
      ...outputs,
    };
    const expanded = expandDeep(
      params,
      { metadata: workload.metadata, resources: known },
      path,
    );
    if (!expanded.ok) return expanded;
    const given = PROVISIONERS[type](
      { name, type, params: expanded.value as Record<string, unknown> },
      context,
    );
    if (!given.ok) {
      return cannotRender({
        code: 'resource-invalid',
        path: given.param === undefined ? path : [...path, given.param],
        why: given.why,
        next: given.next,
      });
    }
    outputs[name] = given.outputs;
    if (given.volume) volumes[name] = given.volume;
  }
  return rendered({ outputs, volumes });
}

function findUnknownType(
  resources: Record<string, ScoreResource>,
  names: string[],
): RenderFault | undefined {
  const name = names.find(candidate => !isProvisioned(resources[candidate]));
  if (name === undefined) return undefined;
  const known = Object.keys(PROVISIONERS)
    .sort()
    .map(type => `"${type}"`)
    .join(', ');
  return {
    code: 'resource-type-unknown',
    path: ['resources', name, 'type'],
    why: `this platform does not provide resources of type "${resources[name].type}"`,
    next: `Use one of the types it provides (${known}), or ask the platform team for this one`,
  };
}

/** Two resources of the same type, class and id are one: what they say must not differ. */
function findConflict(
  workload: ScoreWorkload,
  workloads: ScoreWorkload[],
): RenderFault | undefined {
  const others = workloads.filter(
    other => other.metadata.name !== workload.metadata.name,
  );
  const shared = [workload, ...others].flatMap(owner =>
    Object.entries(owner.resources ?? {})
      .filter(([, resource]) => resource.id !== undefined)
      .map(([name, resource]) => ({
        owner: owner.metadata.name,
        name,
        resource,
      })),
  );
  for (const [index, first] of shared.entries()) {
    if (first.owner !== workload.metadata.name) break;
    const second = shared
      .slice(index + 1)
      .find(
        other =>
          isSame(first.resource, other.resource) &&
          differ(first.resource, other.resource),
      );
    if (second) {
      return {
        code: 'resource-conflict',
        path: ['resources', first.name, 'params'],
        why: `it shares the id "${first.resource.id}" with the resource "${second.name}" of the workload "${second.owner}", but their params or metadata differ`,
        next: 'Make both equal, leave them out in one, or give them different ids',
      };
    }
  }
  return undefined;
}

function isSame(a: ScoreResource, b: ScoreResource): boolean {
  return (
    a.type === b.type &&
    (a.class ?? 'default') === (b.class ?? 'default') &&
    a.id === b.id
  );
}

/** Leaving `params` or `metadata` out takes over what the other says. */
function differ(a: ScoreResource, b: ScoreResource): boolean {
  const fields = [
    [a.params, b.params],
    [a.metadata, b.metadata],
  ];
  return fields.some(
    ([x, y]) =>
      x !== undefined &&
      y !== undefined &&
      canonicalJson(x) !== canonicalJson(y),
  );
}

function orderByParams(
  resources: Record<string, ScoreResource>,
  names: string[],
): Rendered<string[]> {
  const needs = new Map(
    names.map(name => [
      name,
      new Set(
        referencesIn(resources[name].params).filter(other =>
          Object.hasOwn(resources, other),
        ),
      ),
    ]),
  );
  const order: string[] = [];
  while (needs.size > 0) {
    const ready = [...needs]
      .filter(([, missing]) => missing.size === 0)
      .map(([name]) => name);
    if (ready.length === 0) {
      const circle = [...needs.keys()];
      return cannotRender({
        code: 'resource-cycle',
        path: ['resources', circle[0], 'params'],
        why: `the params of ${circle
          .map(name => `"${name}"`)
          .join(', ')} refer to each other in a circle`,
        next: 'Break the circle',
      });
    }
    for (const name of ready) {
      needs.delete(name);
      order.push(name);
      for (const missing of needs.values()) missing.delete(name);
    }
  }
  return rendered(order);
}

function referencesIn(value: unknown): string[] {
  if (typeof value === 'string') {
    return listReferences(value).flatMap(([root, name]) =>
      root === 'resources' && name !== undefined ? [name] : [],
    );
  }
  return typeof value === 'object' && value !== null
    ? Object.values(value).flatMap(referencesIn)
    : [];
}

/** Expands the placeholders in all texts of a value; keys stay as they are. */
function expandDeep(
  value: unknown,
  scope: PlaceholderScope,
  path: FieldPath,
): Rendered<unknown> {
  if (typeof value === 'string') {
    const resolved = resolvePlaceholders(value, scope);
    return resolved.ok
      ? resolved
      : cannotRender(placeholderFault(path, resolved.fault));
  }
  if (typeof value !== 'object' || value === null) return rendered(value);
  const isList = Array.isArray(value);
  const entries: Array<[string, unknown]> = [];
  for (const [key, field] of Object.entries(value)) {
    const expanded = expandDeep(field, scope, [
      ...path,
      isList ? Number(key) : key,
    ]);
    if (!expanded.ok) return expanded;
    entries.push([key, expanded.value]);
  }
  return rendered(
    isList ? entries.map(([, field]) => field) : Object.fromEntries(entries),
  );
}
