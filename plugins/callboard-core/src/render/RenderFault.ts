import type { Problem, ProblemCode } from '@callboard/plugin-callboard-common';
import {
  type FieldPath,
  formatPath,
  shorten,
} from '@callboard/plugin-callboard-common';
import { nearestName } from './nearestName';
import { type PlaceholderFault, splitReference } from './placeholders';

/** Reason why a workload cannot be rendered, and the field. */
export interface RenderFault {
  code: ProblemCode;
  path: FieldPath;
  why: string;
  next: string;
}

export type Rendered<T> =
  | { ok: true; value: T }
  | { ok: false; fault: RenderFault };

export function rendered<T>(value: T): Rendered<T> {
  return { ok: true, value };
}

export function cannotRender(fault: RenderFault): {
  ok: false;
  fault: RenderFault;
} {
  return { ok: false, fault };
}

/** Returns the problem as people read it. Where the file is known, the caller adds the line. */
export function renderProblem(workload: string, fault: RenderFault): Problem {
  return {
    code: fault.code,
    what: `Cannot deploy the workload "${workload}"`,
    why: `${formatPath(fault.path)}: ${fault.why}`,
    next: fault.next,
    transient: false,
    workload,
  };
}

/** Returns the fault of a placeholder, with the names that it could refer to. */
export function placeholderFault(
  path: FieldPath,
  fault: PlaceholderFault,
): RenderFault {
  return { code: 'placeholder-unknown', path, ...explain(fault) };
}

function explain(fault: PlaceholderFault): { why: string; next: string } {
  if (fault.kind === 'too-large') {
    return {
      why: `with its placeholders filled in it is longer than ${fault.limit} characters`,
      next: 'Refer to less',
    };
  }
  const placeholder = `"\${${shorten(fault.reference)}}"`;
  if (fault.kind === 'secret') {
    return {
      why: `the placeholder ${placeholder} is a secret, and its value never leaves the cluster`,
      next: 'Use it in a variable of a container, or as the whole content of a file',
    };
  }
  switch (fault.kind) {
    case 'unknown-root': {
      const [root] = splitReference(fault.reference);
      return {
        why: `the placeholder ${placeholder} refers to nothing known${
          nearestName(root, fault.known).hint
        }`,
        next: 'Start it with "metadata." or "resources."; write "$${" for the text "${" itself',
      };
    }
    case 'incomplete':
      return {
        why: `the placeholder ${placeholder} needs a name after the dot`,
        next: knownNames(fault.known),
      };
    case 'unknown-name': {
      const nearest = nearestName(fault.name, fault.known);
      return {
        why: `the placeholder ${placeholder} refers to "${shorten(
          fault.name,
        )}", which does not exist${nearest.hint}`,
        next: nearest.hint === '' ? knownNames(fault.known) : nearest.next,
      };
    }
    default:
      return {
        why: `the placeholder ${placeholder} looks for "${shorten(
          fault.name,
        )}" inside of what is no map`,
        next: 'Shorten the placeholder',
      };
  }
}

function knownNames(known: string[]): string {
  if (known.length === 0)
    return 'There are none; remove the placeholder, or declare what it refers to';
  const listed = known.slice(0, 20).map(name => `"${shorten(name)}"`);
  return `Use one of the known names: ${listed.join(', ')}${
    known.length > 20 ? ', …' : ''
  }`;
}
