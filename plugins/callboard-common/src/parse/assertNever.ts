/** Marks a place that no value reaches; compilation fails when a new member of the union does. */
export function assertNever(value: never): never {
  throw new Error(`Unexpected value ${JSON.stringify(value)}`);
}
