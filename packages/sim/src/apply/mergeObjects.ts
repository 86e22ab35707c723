import { isJsonObject, type JsonObject, type JsonValue } from '../json';
import type { ListSchema, Schema } from '../schema';
import { elementSteps } from './listElements';

/**
 * Merges an applied configuration into the live object.
 *
 * @remarks Source: structured-merge-diff v6 typed/merge.go. The configuration
 *   wins; lists merged by key keep elements that only the live object has.
 */
export function mergeObjects(
  live: JsonValue | undefined,
  config: JsonValue | undefined,
  schema: Schema,
): JsonValue | undefined {
  if (config === undefined) return live;
  if (live === undefined || live === null || config === null) return config;
  if (schema.kind === 'list') {
    if (
      schema.relation === 'atomic' ||
      !Array.isArray(live) ||
      !Array.isArray(config)
    )
      return config;
    return mergeLists(live, config, schema);
  }
  if (schema.kind === 'map' || schema.kind === 'struct') {
    if (schema.atomic || !isJsonObject(live) || !isJsonObject(config))
      return config;
    return mergeMembers(live, config, schema);
  }
  return config;
}

function mergeMembers(
  live: JsonObject,
  config: JsonObject,
  schema: Extract<Schema, { kind: 'map' | 'struct' }>,
): JsonObject {
  const merged: JsonObject = { ...live };
  for (const [key, value] of Object.entries(config)) {
    const member =
      schema.kind === 'map'
        ? schema.element()
        : schema.fields.get(key)?.schema();
    merged[key] = mergeObjects(live[key], value, member ?? { kind: 'untyped' });
  }
  return merged;
}

/** Keeps the configuration's order; elements that only the live list has keep their position among them. */
function mergeLists(
  live: readonly JsonValue[],
  config: readonly JsonValue[],
  schema: ListSchema,
): JsonValue[] {
  const liveSteps = elementSteps(schema, live);
  const configSteps = elementSteps(schema, config);
  const liveByStep = new Map(liveSteps.map((step, i) => [step, live[i]]));
  const inConfig = new Set(configSteps);
  const merged: JsonValue[] = [];
  let at = 0;
  config.forEach((element, i) => {
    while (at < live.length && !inConfig.has(liveSteps[at]))
      merged.push(live[at++]);
    if (liveSteps[at] === configSteps[i]) at += 1;
    merged.push(
      mergeObjects(
        liveByStep.get(configSteps[i]),
        element,
        schema.element(),
      ) as JsonValue,
    );
    while (
      at < live.length &&
      inConfig.has(liveSteps[at]) &&
      configSteps.indexOf(liveSteps[at]) <= i
    )
      at += 1;
  });
  for (; at < live.length; at++)
    if (!inConfig.has(liveSteps[at])) merged.push(live[at]);
  return merged;
}
