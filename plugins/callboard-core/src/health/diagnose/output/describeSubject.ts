import type { ErrorSubject } from './readSubject';

/** Describes the problem, as the end of "it cannot start: …". */
export function describeSubject({ kind, name }: ErrorSubject): string {
  switch (kind) {
    case 'variable':
      return `the variable ${name} is not set`;
    case 'package':
      return `the package "${name}" is missing`;
    case 'file':
      return `the file "${name}" is missing`;
    case 'port':
      return `port ${name} is already taken`;
    case 'address':
      return `nothing answers at ${name}`;
    case 'host':
      return `the name "${name}" is unknown`;
    default:
      throw new Error(`No words for ${JSON.stringify(kind satisfies never)}`);
  }
}

/** Describes the next step. */
export function adviseOn({ kind, name }: ErrorSubject): string {
  switch (kind) {
    case 'variable':
      return `Set ${name} under variables in score.yaml, and push again`;
    case 'package':
      return `Add "${name}" to what the app depends on, and push again`;
    case 'file':
      return `The file "${name}" is missing: add it to what is pushed, or correct the path`;
    case 'port':
      return `Port ${name} is taken by another part of the app: let each listen on its own, and push again`;
    case 'address':
      return `It does not reach ${name}: check that address and that what should answer there runs`;
    case 'host':
      return `The name "${name}" is unknown: correct the address the app is told`;
    default:
      throw new Error(`No words for ${JSON.stringify(kind satisfies never)}`);
  }
}
