/** Marks an unreachable place; the compiler complains when a new member of the union reaches it. */
export function assertNever(value: never): never {
  throw new Error(`Unexpected value ${JSON.stringify(value)}`);
}
