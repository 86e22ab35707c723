import { describeEntity } from '@callboard/plugin-callboard-core';

/** Who acted, for people: `ana` of `user:default/ana`, `Callboard` of `system:placement`. */
export function describeActor(ref: string): string {
  if (ref.startsWith('system:')) return 'Callboard';
  return describeEntity(ref);
}

export { describeEntity };

/** `Ana` of git's `Ana <ana@example.com>`. */
export function describeAuthor(author: string): string {
  const address = author.trimEnd().endsWith('>') ? author.lastIndexOf('<') : -1;
  return (address > 0 && author.slice(0, address).trimEnd()) || author;
}
