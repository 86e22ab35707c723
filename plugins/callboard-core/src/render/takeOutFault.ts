import {
  type FieldPath,
  type ScoreWorkload,
  isRecord,
} from '@callboard/plugin-callboard-common';
import type { RenderFault } from './RenderFault';
import { listReferences } from './placeholders';
import { sortedEntries } from './sortedEntries';

type Fault = Pick<RenderFault, 'code' | 'path'>;

/**
 * Returns a workload without a field that cannot be rendered, so that further
 * faults are found. References to a removed resource are removed with it.
 * Undefined where the workload cannot be rendered without the field.
 *
 * @param isReported - whether this field was faulty before: then references to
 *   it are removed too
 */
export function takeOutFault(
  workload: ScoreWorkload,
  fault: Fault,
  isReported: boolean,
): ScoreWorkload | undefined {
  const entry = entryOf(fault);
  if (entry[0] === 'resources' && (entry.length === 2 || isReported)) {
    const name = String(entry[1]);
    return Object.hasOwn(workload.resources ?? {}, name)
      ? withoutResource(workload, name)
      : undefined;
  }
  if (entry.length < 2 || isReported) return undefined;
  return entry[2] === 'image'
    ? put(workload, entry, 'image') // a container needs an image, and this one is not built
    : without(workload, entry);
}

/** Returns the path of the smallest part around a field that a workload may leave out. */
export function entryOf({ code, path }: Fault): FieldPath {
  const [root, ...names] = path;
  const upTo = (length: number) => path.slice(0, length);
  switch (root) {
    case 'containers':
      if (names[1] === 'image') return upTo(3);
      // Files that are too large together would each be reported.
      if (code === 'files-too-large') return upTo(3);
      return upTo(names[1] === 'resources' ? 5 : 4);
    case 'resources':
      return upTo(names[1] === 'params' && names.length > 2 ? 4 : 2);
    case 'metadata':
      return names[0] === 'annotations' ? upTo(3) : [];
    case 'service':
      return upTo(3);
    default:
      return [];
  }
}

function withoutResource(
  workload: ScoreWorkload,
  resource: string,
): ScoreWorkload {
  const refers = (value: unknown) => refersTo(value, resource);
  let rest = without(workload, ['resources', resource]);
  for (const [container, { variables, files, volumes }] of sortedEntries(
    workload.containers,
  )) {
    for (const [field, entries] of Object.entries({ variables, files }))
      for (const [name, entry] of sortedEntries<unknown>(entries))
        if (refers(entry))
          rest = without(rest, ['containers', container, field, name]);
    for (const [name, { source }] of sortedEntries(volumes))
      if (source === resource || refers(source))
        rest = without(rest, ['containers', container, 'volumes', name]);
  }
  for (const [name, { params }] of sortedEntries(rest.resources))
    if (rest.resources?.[name] && refers(params))
      rest = withoutResource(rest, name);
  return rest;
}

/** Returns whether any text of a value has a placeholder for a resource. */
function refersTo(value: unknown, resource: string): boolean {
  if (typeof value === 'string')
    return listReferences(value).some(
      ([root, name]) => root === 'resources' && name === resource,
    );
  return (
    typeof value === 'object' &&
    value !== null &&
    Object.values(value).some(each => refersTo(each, resource))
  );
}

function without<T>(holder: T, path: FieldPath): T {
  return put(holder, path, undefined);
}

function put<T>(holder: T, [part, ...rest]: FieldPath, wanted: unknown): T {
  if (!isRecord(holder) || !Object.hasOwn(holder, part)) return holder;
  const { [part]: value, ...others } = holder;
  const field = rest.length === 0 ? wanted : put(value, rest, wanted);
  return (field === undefined ? others : { ...holder, [part]: field }) as T;
}
