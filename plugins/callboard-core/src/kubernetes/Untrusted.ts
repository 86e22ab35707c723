/**
 * An object of a type of `@kubernetes/client-node` as a cluster sent it: the
 * type gives the names of the fields, but their values are untrusted. They are
 * read with {@link textOf}, {@link numberOf} and {@link membersOf}.
 */
export type Untrusted<T> = T extends Leaf
  ? unknown
  : T extends ReadonlyArray<infer Member>
  ? UntrustedList<Member>
  : { readonly [Field in keyof T]?: Untrusted<NonNullable<T[Field]>> };

type Leaf = string | number | boolean | Date;

declare const MEMBER: unique symbol;

/** Expected to be a list; read with {@link membersOf}. */
export interface UntrustedList<Member> {
  readonly [MEMBER]?: Member;
}

/** Returns the object typed as an untrusted one of a kind. */
export function readAs<T>(object: object): Untrusted<T> {
  return object as Untrusted<T>;
}

/** Returns the objects of the list; other members are dropped. Empty where it is not a list. */
export function membersOf<Member>(
  list: UntrustedList<Member> | undefined,
): Array<Untrusted<Member>> {
  return Array.isArray(list) ? list.filter(isObject) : [];
}

function isObject(member: unknown): boolean {
  return typeof member === 'object' && member !== null;
}

/** Returns the text; undefined for other types. */
export function textOf(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined;
}

/** Returns the finite number. */
export function numberOf(value: unknown): number | undefined {
  return typeof value === 'number' && Number.isFinite(value)
    ? value
    : undefined;
}

/** Returns the instant of an RFC 3339 text. */
export function timeOf(value: unknown): Date | undefined {
  const time = new Date(textOf(value) ?? NaN);
  return Number.isNaN(time.getTime()) ? undefined : time;
}
