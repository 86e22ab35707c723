import {
  type Problem,
  type Result,
  failed,
  ok,
} from '@callboard/plugin-callboard-common';
import type { PushedFiles } from '@callboard/plugin-callboard-node';
import type { AppRecord } from '../../store';

/**
 * Returns the owner of the app from this push on: the one in app.yaml, else the
 * current owner, else the pusher. Nobody gives an app away to an owner they do
 * not act for.
 */
export function chooseOwner(
  push: Pick<PushedFiles, 'app' | 'owner' | 'ownershipRefs'>,
  existing: AppRecord | undefined,
  named: string | undefined,
): Result<string> {
  if (named === undefined) return ok(existing?.owner ?? push.owner);
  const owner = named.toLocaleLowerCase('en-US'); // as the catalog writes references
  if (owner === existing?.owner || push.ownershipRefs.includes(owner))
    return ok(owner);
  return failed(notYours(push.app, owner));
}

/** Explains to the sole owner of an app how to share it with a team. */
export function warnOfOwner(
  { app, ownershipRefs }: Pick<PushedFiles, 'app' | 'ownershipRefs'>,
  owner: string,
): string[] {
  if (!owner.startsWith('user:')) return [];
  const groups = ownershipRefs.filter(ref => ref.startsWith('group:')).sort();
  const example = groups[0] ?? 'group:default/<team>';
  return [
    `"${app}" belongs to you alone. To share it, write "owner: ${example}" under spec in app.yaml${
      groups.length > 1
        ? `; you belong to ${groups.slice(0, 5).join(', ')}`
        : ''
    }`,
  ];
}

function notYours(app: string, owner: string): Problem {
  return {
    code: 'owner-not-yours',
    what: `Cannot give "${app}" to ${owner}`,
    why: 'app.yaml names it as the owner, and you do not belong to it',
    next: 'Set spec.owner to yourself or a group of yours, or leave it out',
    transient: false,
    at: { file: 'app.yaml', path: 'spec.owner' },
  };
}
