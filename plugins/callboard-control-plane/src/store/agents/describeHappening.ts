import type { Happening, ObjectName } from '@callboard/tunnel';

/** What an agent tells, in words of the journal. */
export function describeHappening(
  cluster: string,
  happening: Happening,
): { action: string; message: string; why?: string } {
  switch (happening.kind) {
    case 'agent-started':
      return {
        action: 'cluster.agent-started',
        message: `The agent of cluster ${cluster} started, version ${happening.version}`,
      };
    case 'hub-lost':
      return {
        action: 'cluster.agent-alone',
        message: `The agent of cluster ${cluster} lost contact with Callboard and keeps the last desired state`,
        why: happening.why,
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
          happening.object,
        )} was deleted on cluster ${cluster}`,
        why: 'by somebody else than Callboard, while it was away',
      };
    case 'object-changed':
      return {
        action: 'cluster.object-changed',
        message: `${nameObject(
          happening.object,
        )} was changed on cluster ${cluster}`,
        why: `by somebody else than Callboard, while it was away: ${happening.fields.join(
          ', ',
        )}`,
      };
    case 'object-restored':
      return {
        action: 'cluster.object-restored',
        message: `The agent of cluster ${cluster} restored ${nameObject(
          happening.object,
        )}`,
      };
    case 'restore-refused':
      return {
        action: 'cluster.restore-refused',
        message: `The agent of cluster ${cluster} could not restore ${nameObject(
          happening.object,
        )}`,
        why: happening.why,
      };
    case 'state-not-kept':
      return {
        action: 'cluster.state-not-kept',
        message: `The agent of cluster ${cluster} cannot store all of its desired state`,
        why: happening.why,
      };
    default:
      return happening satisfies never;
  }
}

function nameObject({ kind, namespace, name }: ObjectName): string {
  return `${kind} ${namespace === undefined ? '' : `${namespace}/`}${name}`;
}
