import { parseEntityRef } from '@backstage/catalog-model';
import { ProblemError, checkAppName } from '@callboard/plugin-callboard-common';

/** Throws unless the name is valid for an app and its creator acts for the owner. */
export function demandOwner(asked: {
  app: string;
  owner: string;
  ownershipRefs: string[];
}): void {
  const { app, owner, ownershipRefs } = asked;
  const name = checkAppName(app);
  if (!name.ok) throw new ProblemError(name.problem);
  if (ownershipRefs.includes(owner)) return;
  throw new ProblemError({
    code: 'not-owner',
    what: `Cannot create "${app}" for ${owner}`,
    why: `you are not one of its members; you act for ${ownershipRefs.join(
      ', ',
    )}`,
    next: 'Choose yourself or a group you belong to as the owner',
    transient: false,
  });
}

/** Returns the author of a commit that Callboard creates for an actor. */
export function describeAuthor(actor: string): { name: string; email: string } {
  if (actor.startsWith('service:'))
    return { name: 'callboard', email: 'callboard@localhost' };
  const { kind, namespace, name } = parseEntityRef(actor);
  return {
    name:
      kind === 'token'
        ? `token ${name} of ${namespace}`
        : `${name}${kind === 'program' ? ' (program)' : ''}`,
    email: `${name.replaceAll(' ', '-')}@localhost`,
  };
}
