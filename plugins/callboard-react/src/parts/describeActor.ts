import { describeEntity } from '@callboard/plugin-callboard-core';

/** The actor of what came from the repository that an app follows. */
const SOURCE = 'system:source';

/** Who acted, for people: `ana` of `user:default/ana`, `Callboard` of `system:placement`. */
export function describeActor(ref: string): string {
  if (isSource(ref)) return 'its repository';
  if (ref.startsWith('system:')) return 'Callboard';
  return describeEntity(ref);
}

/** The same as a line of its own, beside a release: `ana`, `From its repository`. */
export function describeReleaser(ref: string): string {
  return isSource(ref) ? 'From its repository' : describeActor(ref);
}

/** Whether it came from the repository that the app follows. */
export function isSource(ref: string): boolean {
  return ref === SOURCE;
}

export { describeEntity };

/** `Ana` of git's `Ana <ana@example.com>`. */
export function describeAuthor(author: string): string {
  const address = author.trimEnd().endsWith('>') ? author.lastIndexOf('<') : -1;
  return (address > 0 && author.slice(0, address).trimEnd()) || author;
}
