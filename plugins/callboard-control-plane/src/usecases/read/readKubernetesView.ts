import { namespaceOf } from '@callboard/plugin-callboard-core';
import {
  type KubeObject,
  type KubernetesView,
  type Result,
  LABELS,
  failed,
  ok,
} from '@callboard/plugin-callboard-common';
import { stringify } from 'yaml';
import type { ReconcileContext } from '../../reconcile/ReconcileContext';
import { fieldOf } from '../../reconcile/observing/fields';
import { findDeployment, subjectOf } from '../../store';
import { askElsewhere } from '../elsewhere/askElsewhere';
import { deploymentMissing } from '../problems';
import { inUsualOrder } from './inUsualOrder';
import { withoutSecrets } from './withoutSecrets';

const MOST_OBJECTS = 40;
const MOST_EVENTS = 50;
const CALL_MS = 5_000;

/** The objects of an app on a cluster, read from there now, for who wants to see them. */
export async function readKubernetesView(
  of: { app: string; environment: string; cluster: string },
  context: ReconcileContext,
): Promise<Result<KubernetesView>> {
  const { deps, fleet, health } = context;
  const key = { kind: 'app', ...of } as const;
  if (!(await findDeployment(deps.knex, key)))
    return failed(deploymentMissing(of, deps.platform.environments));
  const cluster = fleet.get(of.cluster);
  if (!cluster) return askElsewhere({ ...of, kind: 'objects' }, context);
  const namespace = namespaceOf(of.app, of.environment);
  const refs = [...cluster.observed.of(subjectOf(key)).values()]
    .slice(0, MOST_OBJECTS)
    .map(({ ref }) => ref);
  const [answers, events] = await Promise.all([
    Promise.all(
      refs.map(ref => cluster.connection.read(ref, { deadlineMs: CALL_MS })),
    ),
    cluster.connection.list(
      { apiVersion: 'v1', kind: 'Event' },
      { namespace, deadlineMs: CALL_MS },
    ),
  ]);
  const failure = answers.find(answer => !answer.ok);
  if (failure && !failure.ok && answers.every(answer => !answer.ok))
    return failure;
  const objects = answers.flatMap(answer =>
    answer.ok && answer.value ? [answer.value] : [],
  );
  return ok({
    cluster: of.cluster,
    namespace,
    command: `kubectl --context ${of.cluster} --namespace ${namespace} get all,configmaps --selector ${LABELS.app}=${of.app}`,
    objects: objects.map(object => ({
      yaml: stringify(inUsualOrder(withoutSecrets(object))),
      kind: object.kind,
      name: object.metadata.name,
      health: health.judge(object) ?? null,
      ...ownerOf(object),
    })),
    events: events.ok
      ? events.value.items
          .map(toEvent)
          .sort(byTimeDescending)
          .slice(0, MOST_EVENTS)
      : [],
  });
}

/** The object that made this one, where one did. */
function ownerOf({
  metadata,
}: KubeObject): Pick<KubernetesView['objects'][number], 'owner'> {
  const owner =
    metadata.ownerReferences?.find(({ controller }) => controller) ??
    metadata.ownerReferences?.[0];
  return owner ? { owner: { kind: owner.kind, name: owner.name } } : {};
}

function toEvent(event: KubeObject): KubernetesView['events'][number] {
  const involved = event.involvedObject;
  const text = (value: unknown) => (typeof value === 'string' ? value : '');
  return {
    at:
      text(event.lastTimestamp) ||
      text(event.eventTime) ||
      (event.metadata.creationTimestamp ?? ''),
    type: text(event.type),
    reason: text(event.reason),
    message: text(event.message),
    object: `${text(fieldOf(involved, 'kind'))}/${text(
      fieldOf(involved, 'name'),
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
