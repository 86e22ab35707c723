import { type Result, failed, ok } from '@callboard/plugin-callboard-common';
import type { Isolation } from '@callboard/plugin-callboard-sandbox-node';

/** Refuses pushes of anyone but the person at the terminal where pushed code has the portal's rights. */
export function checkPusher(
  actor: string,
  { isolation, localUser }: { isolation: Isolation; localUser: string },
): Result<void> {
  const isOfPortal = !/^(user|program|service):/.test(actor);
  const isLocal = actor.replace(/^program:/, 'user:') === localUser;
  if (isolation.kind !== 'none' || isOfPortal || isLocal) return ok(undefined);
  return failed({
    code: 'not-isolated',
    what: 'Cannot take this push',
    why: `this machine cannot isolate pushed code (${isolation.why}), so that only ${localUser}, who started the portal, may run code here`,
    next: 'Install bubblewrap on the machine of the portal, or allow user namespaces there, and start the portal again',
    transient: false,
  });
}
