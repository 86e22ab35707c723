import type { AgentEvent, ObjectName } from '@callboard/tunnel';

/** Describes an event that an agent reports, in the words of the journal. */
export function describeAgentEvent(
  cluster: string,
  event: AgentEvent,
): { action: string; message: string; why?: string } {
  switch (event.kind) {
    case 'agent-started':
      return {
        action: 'cluster.agent-started',
        message: `The agent of cluster ${cluster} started, version ${event.version}`,
      };
    case 'hub-lost':
      return {
        action: 'cluster.agent-alone',
        message: `The agent of cluster ${cluster} lost contact with Callboard and keeps the last desired state`,
        why: event.why,
      };
    case 'hub-back':
      return {
        action: 'cluster.agent-rejoined',
        message: `The agent of cluster ${cluster} is in contact with Callboard again`,
      };
    case 'object-deleted':
      return {
        action: 'cluster.object-deleted',
        message: `${nameObject(
          event.object,
        )} was deleted on cluster ${cluster}`,
        why: 'by somebody else than Callboard, while it was away',
      };
    case 'object-changed':
      return {
        action: 'cluster.object-changed',
        message: `${nameObject(
          event.object,
        )} was changed on cluster ${cluster}`,
        why: `by somebody else than Callboard, while it was away: ${event.fields.join(
          ', ',
        )}`,
      };
    case 'object-restored':
      return {
        action: 'cluster.object-restored',
        message: `The agent of cluster ${cluster} restored ${nameObject(
          event.object,
        )}`,
      };
    case 'restore-refused':
      return {
        action: 'cluster.restore-refused',
        message: `The agent of cluster ${cluster} could not restore ${nameObject(
          event.object,
        )}`,
        why: event.why,
      };
    case 'state-not-kept':
      return {
        action: 'cluster.state-not-kept',
        message: `The agent of cluster ${cluster} cannot store all of its desired state`,
        why: event.why,
      };
    default:
      return event satisfies never;
  }
}

function nameObject({ kind, namespace, name }: ObjectName): string {
  return `${kind} ${namespace === undefined ? '' : `${namespace}/`}${name}`;
}
