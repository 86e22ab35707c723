import type {
  AuditorService,
  AuditorServiceEventSeverityLevel,
} from '@backstage/backend-plugin-api';
import { ProblemError } from '@callboard/plugin-callboard-common';
import type { JsonObject } from '@backstage/types';
import type { Request } from 'express';
import { tokenActorOf } from './tokenSignIn';

/** Runs an action and records it in the audit: the caller, the request and the result. */
export async function audited<T>(
  auditor: AuditorService,
  event: {
    eventId: string;
    severityLevel?: AuditorServiceEventSeverityLevel;
    /** Absent where its sign-in does not identify the caller: then `meta` does. */
    request?: Request;
    meta: JsonObject;
  },
  action: () => Promise<T>,
): Promise<T> {
  const { request, meta, ...rest } = event;
  const holder = request && tokenActorOf(request);
  const trace = await auditor.createEvent({
    severityLevel: 'medium',
    ...rest,
    // The auditor refuses a request without a sign-in.
    ...(holder === undefined
      ? { meta, ...(request && { request }) }
      : { meta: { ...meta, actor: holder, by: 'token' } }),
  });
  try {
    const result = await action();
    await trace.success();
    return result;
  } catch (error) {
    const code =
      error instanceof ProblemError ? error.problem.code : 'internal-error';
    await trace.fail({ error: error as Error, meta: { code } });
    throw error;
  }
}
