import type {
  AddOnScores,
  ClusterFacts,
} from '@callboard/plugin-callboard-common';
import { toCel } from '../../cel';
import { canonicalQuantity } from '../quantity';

/**
 * Key under which `scores()` finds the scores that add-ons report; a symbol, so
 * that no expression can read or forge it.
 */
export const SCORES = Symbol('scores');

/**
 * Returns the cluster as an expression sees it: in the shape of a
 * ManagedCluster, with whole numbers as CEL's `int`.
 */
export function clusterVariable(
  cluster: ClusterFacts,
): Record<string, unknown> {
  const manifest = cluster.manifest
    ? withoutEmpty(cluster.manifest)
    : manifestOf(cluster);
  const variable = toCel(withDefaults(manifest)) as Record<
    string | symbol,
    unknown
  >;
  Object.defineProperty(variable, SCORES, {
    value: scoresOf(cluster),
    enumerable: false,
  });
  return variable as Record<string, unknown>;
}

function manifestOf({
  name,
  labels,
  claims,
  taints,
}: ClusterFacts): Record<string, unknown> {
  return {
    apiVersion: 'cluster.open-cluster-management.io/v1',
    kind: 'ManagedCluster',
    metadata: { name, labels },
    spec: { taints },
    status: {
      clusterClaims: Object.entries(claims).map(([key, value]) => ({
        name: key,
        value,
      })),
    },
  };
}

/** Adds fields that the engine always sets, even where the file omits them. */
function withDefaults(
  manifest: Record<string, unknown>,
): Record<string, unknown> {
  const metadata = { creationTimestamp: null, ...asRecord(manifest.metadata) };
  const spec = { hubAcceptsClient: false, ...asRecord(manifest.spec) };
  const status = {
    conditions: null,
    version: {},
    ...asRecord(manifest.status),
    ...canonicalAmounts(asRecord(manifest.status)),
  };
  return { ...manifest, metadata, spec, status };
}

/** Returns a manifest of the engine without the fields that the engine omits when it writes one. */
function withoutEmpty(
  manifest: Record<string, unknown>,
): Record<string, unknown> {
  const spec = asRecord(manifest.spec);
  const status = asRecord(manifest.status);
  return {
    ...manifest,
    spec: {
      ...spec,
      taints: mapRecords(spec.taints, taint => ({
        timeAdded: null,
        ...withoutEmptyValue(taint),
      })),
    },
    status: {
      ...status,
      clusterClaims: mapRecords(status.clusterClaims, withoutEmptyValue),
    },
  };
}

/** The engine does not distinguish an empty list from an absent one. */
function mapRecords(
  list: unknown,
  map: (item: Record<string, unknown>) => Record<string, unknown>,
): unknown[] | undefined {
  return Array.isArray(list) && list.length > 0
    ? list.map(item => map(asRecord(item)))
    : undefined;
}

/** The engine omits an empty value, so that reading it is an error. */
function withoutEmptyValue({
  value,
  ...rest
}: Record<string, unknown>): Record<string, unknown> {
  return value === '' || value === undefined ? rest : { ...rest, value };
}

/** The engine parses amounts as quantities and prints them in canonical form, whatever the input. */
function canonicalAmounts(
  status: Record<string, unknown>,
): Record<string, unknown> {
  return Object.fromEntries(
    ['allocatable', 'capacity']
      .filter(field => field in status)
      .map(field => [
        field,
        Object.fromEntries(
          Object.entries(asRecord(status[field])).map(([resource, amount]) => [
            resource,
            canonicalQuantity(amount) ?? amount,
          ]),
        ),
      ]),
  );
}

function asRecord(value: unknown): Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    ? (value as Record<string, unknown>)
    : {};
}

function scoresOf({
  addOnScores = [],
  scores = {},
}: ClusterFacts): AddOnScores[] {
  const byResource = new Map<string, AddOnScores>();
  for (const [path, value] of Object.entries(scores)) {
    const slash = path.indexOf('/');
    const resource = path.slice(0, slash);
    const known = byResource.get(resource) ?? { resource, scores: [] };
    known.scores.push({ name: path.slice(slash + 1), value });
    byResource.set(resource, known);
  }
  for (const known of addOnScores) byResource.set(known.resource, known);
  return [...byResource.values()];
}
