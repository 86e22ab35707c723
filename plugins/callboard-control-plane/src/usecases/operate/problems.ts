import type { Problem } from '@callboard/plugin-callboard-common';
import {
  type OperationAction,
  describeEntity,
} from '@callboard/plugin-callboard-core';

export interface AskedOperation {
  app: string;
  /** Of the environment; the app as a whole when omitted. */
  title?: string;
  action: Pick<OperationAction, 'kind'> | { kind: 'remove' };
}

function cannot({ app, title, action }: AskedOperation): string {
  if (title === undefined) return `Cannot delete "${app}"`;
  const where = action.kind === 'remove' ? 'from' : 'in';
  return `Cannot ${action.kind} "${app}" ${where} ${title}`;
}

/** There is nothing to stop, start, restart, scale or remove. */
export function nothingToOperate({
  app,
  title,
  action,
}: AskedOperation): Problem {
  return {
    code: 'nothing-released',
    what: cannot({ app, title, action }),
    why: 'nothing was released there',
    next: 'Push, or promote a release there',
    transient: false,
  };
}

/** The app got another owner during the request. */
export function ownerMoved(app: string, owner: string): Problem {
  return {
    code: 'app-changed-meanwhile',
    what: `Cannot change "${app}"`,
    why: `it belongs to ${describeEntity(owner)} since a moment ago`,
    next: 'Look at it again, and ask again if you still may',
    transient: false,
  };
}

/** Permissions do not let the actor operate this app. */
export function notYours(
  { app, title, action }: AskedOperation,
  owner: string,
): Problem {
  return {
    code: 'not-allowed',
    what: cannot({ app, title, action }),
    why: `only ${describeEntity(owner)} may`,
    next: `Ask ${describeEntity(owner)}`,
    transient: false,
  };
}
