/**
 * An object of a type of `@kubernetes/client-node` as a cluster sent it: the
 * compiler knows which fields the type has, and nothing is known of what is in
 * them. Values are read with {@link textOf}, {@link numberOf} and {@link membersOf}.
 */
export type Untrusted<T> = T extends Leaf
  ? unknown
  : T extends ReadonlyArray<infer Member>
  ? UntrustedList<Member>
  : { readonly [Field in keyof T]?: Untrusted<NonNullable<T[Field]>> };

type Leaf = string | number | boolean | Date;

declare const MEMBER: unique symbol;

/** What should be a list; only {@link membersOf} tells. */
export interface UntrustedList<Member> {
  readonly [MEMBER]?: Member;
}

/** The object, to be read as one of a kind. */
export function readAs<T>(object: object): Untrusted<T> {
  return object as Untrusted<T>;
}

/** Objects of the list; other members are dropped, and there are none where it is no list. */
export function membersOf<Member>(
  list: UntrustedList<Member> | undefined,
): Array<Untrusted<Member>> {
  return Array.isArray(list) ? list.filter(isObject) : [];
}

function isObject(member: unknown): boolean {
  return typeof member === 'object' && member !== null;
}

/** The text; numbers and booleans are none. */
export function textOf(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined;
}

/** The finite number. */
export function numberOf(value: unknown): number | undefined {
  return typeof value === 'number' && Number.isFinite(value)
    ? value
    : undefined;
}

/** The instant of an RFC 3339 text. */
export function timeOf(value: unknown): Date | undefined {
  const time = new Date(textOf(value) ?? NaN);
  return Number.isNaN(time.getTime()) ? undefined : time;
}
