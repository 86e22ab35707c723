import type { PlacementDecision } from '@callboard/plugin-callboard-common';
import {
  countDecisions,
  decideKarmadaPolicy,
  decideOcmPlacement,
  decidePlacement,
  readKarmadaClusters,
  readKarmadaPolicy,
  readManagedClusters,
  readPlacementSpec,
  readWorkload,
  type TargetCluster,
} from '@callboard/plugin-callboard-core';
import { fieldsOf, nameOf, textOf } from '../documents/fields';
import type { Document } from '../documents/readDocuments';
import { UsageError } from '../Io';
import { readOwnClusters } from './readOwnClusters';
import { readOwnPlacement } from './readOwnPlacement';

export interface PlaceQuestion {
  policies: Document[];
  clusters: Document[];
  previous: TargetCluster[];
  replicas?: number;
  /** Which environment of an app, where there are several. */
  environment?: string;
}

const KARMADA_POLICIES = ['PropagationPolicy', 'ClusterPropagationPolicy'];

/** Decides by the policy found among the documents, as the engine it is written for does. */
export function decideFiles(
  question: PlaceQuestion,
  now: Date,
): PlacementDecision {
  const ocm = question.policies.filter(isOcmPlacement);
  const karmada = question.policies.filter(isKarmadaPolicy);
  const own = question.policies.filter(isOwnFile);
  const kinds = [ocm, karmada, own].filter(({ length }) => length > 0);
  if (kinds.length !== 1 || ocm.length > 1 || karmada.length > 1) {
    throw new UsageError(
      kinds.length === 0
        ? '-f holds no policy: an Environment, an App, a Placement or a PropagationPolicy is needed'
        : '-f holds more than one policy',
    );
  }
  if (ocm.length > 0) return decideOcm(ocm[0], question, now);
  if (karmada.length > 0) return decideKarmada(karmada[0], question);
  return decideOwn(question, now);
}

function decideOcm(
  placement: Document,
  { clusters, previous }: PlaceQuestion,
  now: Date,
): PlacementDecision {
  const namespace = textOf(fieldsOf(placement.metadata).namespace) ?? '';
  return decideOcmPlacement(
    {
      spec: readPlacementSpec(placement.spec),
      clusters: readManagedClusters(clusters),
      previous: previous.map(({ name }) => name),
      others: countDecisions(clusters, { name: nameOf(placement), namespace }),
    },
    now,
  );
}

/** Any object that is no policy is what is placed. */
function decideKarmada(
  policy: Document,
  { policies, clusters, previous, replicas }: PlaceQuestion,
): PlacementDecision {
  const workload = policies.find(document => document !== policy);
  return decideKarmadaPolicy({
    placement: readKarmadaPolicy(policy.spec),
    workload: readWorkload(workload, replicas),
    clusters: readKarmadaClusters(clusters),
    previous,
  });
}

function decideOwn(
  { policies, clusters, previous, replicas, environment }: PlaceQuestion,
  now: Date,
): PlacementDecision {
  const { placement, requires } = readOwnPlacement(policies, environment);
  return decidePlacement(
    {
      spec: placement,
      ...(requires && { requires }),
      clusters: readOwnClusters([...clusters, ...policies]),
      previous: previous.map(({ name }) => name),
      ...(replicas !== undefined && { replicas }),
      previousReplicas: Object.fromEntries(
        previous.map(({ name, replicas: held }) => [name, held]),
      ),
    },
    now,
  );
}

function isOcmPlacement({ kind, apiVersion }: Document): boolean {
  return (
    kind === 'Placement' &&
    String(apiVersion).startsWith('cluster.open-cluster-management.io/')
  );
}

function isKarmadaPolicy({ kind, apiVersion }: Document): boolean {
  return (
    KARMADA_POLICIES.includes(String(kind)) &&
    String(apiVersion).startsWith('policy.karmada.io/')
  );
}

function isOwnFile({ kind, apiVersion }: Document): boolean {
  return (
    (kind === 'Environment' || kind === 'App') &&
    String(apiVersion).startsWith('callboard.dev/')
  );
}
