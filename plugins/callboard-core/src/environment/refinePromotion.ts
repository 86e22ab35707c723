import { type Result, failed, ok } from '@callboard/plugin-callboard-common';
import { unknownOriginProblem, widenedProblem } from './environmentProblems';
import type { ResolvedEnvironment } from './types';

type Promotion = ResolvedEnvironment['promotion'];

/**
 * Returns the origin of an environment's promotion and its approvers. The app
 * may put environments in between, and require an approval where the platform
 * requires none; it cannot bypass an environment or an approval of the
 * platform.
 *
 * @param before - the environments before this one, in their order
 */
export function refinePromotion(
  name: string,
  theirs: Promotion,
  ours: Promotion,
  before: ResolvedEnvironment[],
): Result<Promotion> {
  const from = ours?.from ?? theirs?.from;
  if (from !== undefined && !before.some(other => other.name === from)) {
    return failed(
      unknownOriginProblem(
        name,
        from,
        before.map(other => other.name),
      ),
    );
  }
  if (
    theirs?.from !== undefined &&
    from !== undefined &&
    !leadsTo(theirs.from, from, before)
  ) {
    return failed(
      widenedProblem(name, {
        kind: 'other-origin',
        wanted: from,
        needed: theirs.from,
      }),
    );
  }
  if (
    theirs?.approval !== undefined &&
    ours?.approval !== undefined &&
    ours.approval !== theirs.approval
  ) {
    return failed(
      widenedProblem(name, { kind: 'other-approval', needed: theirs.approval }),
    );
  }
  const approval = theirs?.approval ?? ours?.approval;
  if (from === undefined && approval === undefined) return ok(undefined);
  return ok({
    ...(from !== undefined && { from }),
    ...(approval !== undefined && { approval }),
  });
}

/** Returns whether everything that arrives in `from` has been in `origin`. */
function leadsTo(
  origin: string,
  from: string,
  before: ResolvedEnvironment[],
): boolean {
  if (from === origin) return true;
  const index = before.findIndex(({ name }) => name === from);
  const next = before[index]?.promotion?.from;
  // Origins come before the environments that are promoted from them, so the rest of the way
  // gets shorter.
  return next !== undefined && leadsTo(origin, next, before.slice(0, index));
}
