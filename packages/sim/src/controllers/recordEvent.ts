import { microTimestamp } from '../clock';
import { hashText } from '../random';
import { getPath, type SimObject } from '../json';
import type { ClusterClient } from './ClusterClient';

export interface EventText {
  type: 'Normal' | 'Warning';
  reason: string;
  message: string;
}

export interface EventSource {
  /** `deployment-controller`, `kubelet`, `default-scheduler`. */
  component: string;
  host?: string;
  /** The scheduler's events have the newer form: an action and no source. */
  action?: string;
  fieldPath?: string;
}

/**
 * Records an event about an object; a repeated event increments the count of
 * the first. Does nothing when the namespace does not exist or is being
 * deleted.
 */
export function recordEvent(
  client: ClusterClient,
  about: SimObject,
  source: EventSource,
  text: EventText,
): void {
  const namespace = about.metadata.namespace ?? 'default';
  const holder = client.get('Namespace', undefined, namespace);
  if (holder === undefined || holder.metadata.deletionTimestamp !== undefined)
    return;
  const name = eventName(about, source, text);
  const known = client.get('Event', namespace, name);
  const now = client.timestamp();
  if (known !== undefined) {
    const count = Number(getPath(known, ['count']) ?? 1) + 1;
    client.update(known, draft =>
      Object.assign(draft, { count, lastTimestamp: now }),
    );
    return;
  }
  const involvedObject = {
    apiVersion: about.apiVersion,
    kind: about.kind,
    name: about.metadata.name,
    namespace: about.metadata.namespace,
    resourceVersion: about.metadata.resourceVersion,
    uid: about.metadata.uid,
    ...(source.fieldPath === undefined ? {} : { fieldPath: source.fieldPath }),
  };
  client.create('Event', {
    metadata: { name, namespace },
    involvedObject,
    ...text,
    ...(source.action === undefined
      ? classicForm(source, now)
      : newerForm(source, client.now())),
  });
}

function classicForm({ component, host }: EventSource, now: string) {
  return {
    count: 1,
    firstTimestamp: now,
    lastTimestamp: now,
    reportingComponent: component,
    reportingInstance: host ?? '',
    source: { component, ...(host === undefined ? {} : { host }) },
  };
}

function newerForm({ component, action }: EventSource, now: Date) {
  return {
    action,
    eventTime: microTimestamp(now),
    reportingComponent: component,
    reportingInstance: component,
    source: {},
  };
}

function eventName(
  about: SimObject,
  { component, fieldPath }: EventSource,
  { reason, message }: EventText,
): string {
  const words = [
    about.metadata.uid,
    component,
    fieldPath,
    reason,
    message,
  ].join('\u0000');
  const hex = (seed: string) =>
    hashText(`${seed}${words}`).toString(16).padStart(8, '0');
  return `${about.metadata.name}.${hex('a')}${hex('b')}`;
}
