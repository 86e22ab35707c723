import { setImmediate } from 'node:timers/promises';
import type { CoreV1Event } from '@kubernetes/client-node';
import { namespaceOf, readAs, textOf } from '@callboard/plugin-callboard-core';
import {
  type KubeObject,
  type KubeRef,
  type KubernetesView,
  type Result,
  LABELS,
  failed,
  ok,
} from '@callboard/plugin-callboard-common';
import type { ClusterReader } from '../../reconcile/roles';
import type { SecretMask } from '../../reconcile/settings/SecretMasks';
import { maskSecretsOf } from '../../reconcile/settings/maskSecrets';
import { findApp, findDeployment, subjectOf } from '../../store';
import { askElsewhere } from '../elsewhere/askElsewhere';
import { appMissing, deploymentMissing } from '../problems';
import { writeYaml } from './writeYaml';
import { withoutSecrets } from './withoutSecrets';

const MOST_OBJECTS = 40;
const MOST_EVENTS = 50;
const CALL_MS = 5_000;

/** The objects of an app on a cluster, read from there now. */
export async function readKubernetesView(
  of: { app: string; environment: string; cluster: string },
  context: ClusterReader,
): Promise<Result<KubernetesView>> {
  const { deps, fleet, health } = context;
  const key = { kind: 'app', ...of } as const;
  // No one may read what a deleted app left on its clusters.
  if (!(await findApp(deps.knex, of.app))) return failed(appMissing(of.app));
  if (!(await findDeployment(deps.knex, key)))
    return failed(deploymentMissing(of, deps.platform.environments));
  const cluster = fleet.get(of.cluster);
  if (!cluster) return askElsewhere({ ...of, kind: 'objects' }, context);
  const namespace = namespaceOf(of.app, of.environment);
  const refs = [...cluster.observed.of(subjectOf(key)).values()]
    .slice(0, MOST_OBJECTS)
    .map(({ ref }) => ref);
  const [answers, events, claims] = await Promise.all([
    Promise.all(
      refs.map(ref => cluster.connection.read(ref, { deadlineMs: CALL_MS })),
    ),
    cluster.connection.list(
      { apiVersion: 'v1', kind: 'Event' },
      { namespace, deadlineMs: CALL_MS },
    ),
    // Claims that a StatefulSet creates are in no inventory.
    cluster.connection.list(
      { apiVersion: 'v1', kind: 'PersistentVolumeClaim' },
      { namespace, deadlineMs: CALL_MS },
    ),
  ]);
  const failure = answers.find(answer => !answer.ok);
  if (failure && !failure.ok && answers.every(answer => !answer.ok))
    return failure;
  const read = withClaims(
    objectsIn(answers),
    claims.ok ? claims.value.items : [],
  );
  // Objects in between, such as a ReplicaSet between Deployment and Pod, are not observed.
  const objects = [
    ...read,
    ...objectsIn(
      await Promise.all(
        ownersBeyond(read)
          .slice(0, MOST_OBJECTS)
          .map(ref => cluster.connection.read(ref, { deadlineMs: CALL_MS })),
      ),
    ),
  ];
  const mask = await maskSecretsOf(of.app, context);
  const texts = await writeAll(objects, mask);
  return ok({
    cluster: of.cluster,
    namespace,
    command: `kubectl --context ${of.cluster} --namespace ${namespace} get all,configmaps --selector ${LABELS.app}=${of.app}`,
    objects: objects.map((object, index) => ({
      yaml: texts[index],
      kind: object.kind,
      name: object.metadata.name,
      health: mask(health.judge(object)) ?? null,
      ...ownerOf(object),
    })),
    events: events.ok
      ? mask(
          events.value.items
            .map(toEvent)
            .sort(byTimeDescending)
            .slice(0, MOST_EVENTS),
        )
      : [],
  });
}

/** Lets other work run between two objects. */
async function writeAll(
  objects: readonly KubeObject[],
  mask: SecretMask,
): Promise<string[]> {
  const texts: string[] = [];
  for (const object of objects) {
    texts.push(mask(writeYaml(withoutSecrets(object))));
    await setImmediate();
  }
  return texts;
}

function objectsIn(
  answers: ReadonlyArray<Result<KubeObject | undefined>>,
): KubeObject[] {
  return answers.flatMap(answer =>
    answer.ok && answer.value ? [answer.value] : [],
  );
}

/**
 * Adds the claims of the namespace, each once. Without permission to list them,
 * only those of the inventory are shown.
 */
function withClaims(
  objects: readonly KubeObject[],
  claims: readonly KubeObject[],
): KubeObject[] {
  const others = claims
    .filter(
      claim =>
        !objects.some(
          ({ kind, metadata }) =>
            kind === claim.kind && metadata.name === claim.metadata.name,
        ),
    )
    .slice(0, MOST_OBJECTS);
  return [...objects, ...others];
}

/** The objects that made some of these and are not among them, each once. */
function ownersBeyond(objects: readonly KubeObject[]): KubeRef[] {
  const keyOf = (kind: string, name: string) => `${kind}/${name}`;
  const known = new Set(
    objects.map(({ kind, metadata }) => keyOf(kind, metadata.name)),
  );
  return objects.flatMap(object => {
    const owner = findOwner(object);
    if (!owner || known.has(keyOf(owner.kind, owner.name))) return [];
    known.add(keyOf(owner.kind, owner.name));
    const { apiVersion, kind, name } = owner;
    const { namespace } = object.metadata;
    return [{ apiVersion, kind, name, ...(namespace && { namespace }) }];
  });
}

/** The object that made this one, where one did. */
function ownerOf(
  object: KubeObject,
): Pick<KubernetesView['objects'][number], 'owner'> {
  const owner = findOwner(object);
  return owner ? { owner: { kind: owner.kind, name: owner.name } } : {};
}

function findOwner({ metadata: { ownerReferences = [] } }: KubeObject) {
  return (
    ownerReferences.find(({ controller }) => controller) ?? ownerReferences[0]
  );
}

function toEvent(object: KubeObject): KubernetesView['events'][number] {
  const event = readAs<CoreV1Event>(object);
  const text = (value: unknown) => textOf(value) ?? '';
  return {
    at:
      text(event.lastTimestamp) ||
      text(event.eventTime) ||
      (object.metadata.creationTimestamp ?? ''),
    type: text(event.type),
    reason: text(event.reason),
    message: text(event.message),
    object: `${text(event.involvedObject?.kind)}/${text(
      event.involvedObject?.name,
    )}`,
  };
}

function byTimeDescending(
  a: { at: string; object: string },
  b: { at: string; object: string },
): number {
  if (a.at !== b.at) return a.at < b.at ? 1 : -1;
  return a.object < b.object ? -1 : 1;
}
