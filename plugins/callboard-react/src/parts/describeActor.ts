import { describeEntity } from '@callboard/plugin-callboard-core';

/** Actor of changes from the repository that an app follows. */
const SOURCE = 'system:source';

/** Display name of an actor: `ana` for `user:default/ana`, `Callboard` for `system:placement`. */
export function describeActor(ref: string): string {
  if (isSource(ref)) return 'its repository';
  if (ref.startsWith('system:')) return 'Callboard';
  return describeEntity(ref);
}

/** The actor as a line of its own, beside a release: `ana`, `From its repository`. */
export function describeReleaser(ref: string): string {
  return isSource(ref) ? 'From its repository' : describeActor(ref);
}

/** Whether the actor is the repository that the app follows. */
export function isSource(ref: string): boolean {
  return ref === SOURCE;
}

export { describeEntity };

/** Name of a git author: `Ana` for `Ana <ana@example.com>`. */
export function describeAuthor(author: string): string {
  const address = author.trimEnd().endsWith('>') ? author.lastIndexOf('<') : -1;
  return (address > 0 && author.slice(0, address).trimEnd()) || author;
}
