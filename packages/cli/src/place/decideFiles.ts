import type { PlacementDecision } from '@callboard/plugin-callboard-common';
import {
  countDecisions,
  decideKarmadaPolicy,
  decideOcmPlacement,
  decideWithRetention,
  listOwnDecisions,
  readKarmadaClusters,
  readKarmadaPolicy,
  readManagedClusters,
  readPlacementSpec,
  readWorkload,
  type TargetCluster,
} from '@callboard/plugin-callboard-core';
import { fieldsOf, nameOf, textOf } from '../documents/fields';
import type { Document } from '../documents/Document';
import { UsageError } from '../Io';
import { findWorkload, readSelectedKind } from './findWorkload';
import { readOwnClusters } from './readOwnClusters';
import { readOwnPlacement } from './readOwnPlacement';
import { refuseWrongTypes } from './refuseWrongTypes';

export interface PlaceQuestion {
  policies: Document[];
  clusters: Document[];
  /** Current placement; absent when it was not given. */
  previous?: TargetCluster[];
  replicas?: number;
  /** Environment of an app that has several. */
  environment?: string;
}

const OCM = 'cluster.open-cluster-management.io/';
const KARMADA = 'policy.karmada.io/';
const KARMADA_POLICIES = ['PropagationPolicy', 'ClusterPropagationPolicy'];

/** The supported versions; others use other fields for the same things. */
const VERSIONS = [`${OCM}v1beta1`, `${KARMADA}v1alpha1`];

/** Decides by the policy among the documents, as the engine that it is written for does. */
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
  refuseVersions([...ocm, ...karmada]);
  if (ocm.length > 0) return decideOcm(ocm[0], question, now);
  if (karmada.length > 0) return decideKarmada(karmada[0], question);
  return decideOwn(question, now);
}

function refuseVersions(policies: readonly Document[]): void {
  for (const { apiVersion, kind } of policies) {
    if (VERSIONS.includes(textOf(apiVersion) ?? '')) continue;
    throw new UsageError(
      `${textOf(kind)} of ${textOf(apiVersion)} is not known; ${VERSIONS.join(
        ' and ',
      )} are`,
    );
  }
}

function decideOcm(
  placement: Document,
  { policies, clusters, previous }: PlaceQuestion,
  now: Date,
): PlacementDecision {
  const name = nameOf(placement);
  const namespace = textOf(fieldsOf(placement.metadata).namespace) ?? '';
  const documents = [...clusters, ...policies];
  refuseWrongTypes(documents.filter(isEngineFile));
  return decideOcmPlacement(
    {
      spec: readPlacementSpec(placement.spec),
      clusters: readManagedClusters(documents),
      previous:
        previous?.map(target => target.name) ??
        listOwnDecisions(documents, { name, namespace }),
      others: countDecisions(documents, { name, namespace }),
    },
    now,
  );
}

function decideKarmada(
  policy: Document,
  { policies, clusters, previous = [], replicas }: PlaceQuestion,
): PlacementDecision {
  const documents = [...policies, ...clusters];
  refuseWrongTypes(documents.filter(isEngineFile));
  const workload = findWorkload(policy, documents);
  return decideKarmadaPolicy({
    placement: readKarmadaPolicy(policy.spec),
    workload: {
      ...(workload === undefined && readSelectedKind(policy)),
      ...readWorkload(workload, replicas),
    },
    clusters: readKarmadaClusters(documents),
    previous,
  });
}

function decideOwn(
  { policies, clusters, previous = [], replicas, environment }: PlaceQuestion,
  now: Date,
): PlacementDecision {
  const { placement, requires } = readOwnPlacement(policies, environment);
  return decideWithRetention(
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
  return kind === 'Placement' && isOfGroup(apiVersion, OCM);
}

function isKarmadaPolicy({ kind, apiVersion }: Document): boolean {
  return (
    KARMADA_POLICIES.includes(textOf(kind) ?? '') &&
    isOfGroup(apiVersion, KARMADA)
  );
}

/** Whether an object configures an engine, rather than being placed by it. */
function isEngineFile({ apiVersion }: Document): boolean {
  return [OCM, KARMADA, 'cluster.karmada.io/'].some(group =>
    isOfGroup(apiVersion, group),
  );
}

function isOwnFile({ kind, apiVersion }: Document): boolean {
  return (
    (kind === 'Environment' || kind === 'App') &&
    isOfGroup(apiVersion, 'callboard.dev/')
  );
}

function isOfGroup(apiVersion: unknown, group: string): boolean {
  return textOf(apiVersion)?.startsWith(group) === true;
}
