import type { Cause, CauseWords } from '../cause';
import type { Subject } from '../subject';
import { describeCheckCause } from './describeCheckCause';
import { describeCrashCause } from './describeCrashCause';
import { describeImageCause } from './describeImageCause';
import { describePlatformCause } from './describePlatformCause';
import { describeSetupCause } from './describeSetupCause';

/** Describes a cause, for page, push and API alike. Total by type. */
export function describeCause(cause: Cause, subject: Subject): CauseWords {
  switch (cause.code) {
    case 'node-lost':
    case 'evicted':
    case 'quota-exceeded':
    case 'admission-refused':
    case 'instances-refused':
    case 'insufficient-resources':
    case 'no-fitting-node':
      return describePlatformCause(cause, subject);
    case 'image-name-invalid':
    case 'image-not-found':
    case 'registry-credentials':
    case 'registry-unreachable':
    case 'image-not-fetched':
      return describeImageCause(cause, subject);
    case 'volume-not-ready':
    case 'missing-object':
    case 'missing-key':
    case 'configuration-invalid':
    case 'start-failed':
      return describeSetupCause(cause, subject);
    case 'out-of-memory':
    case 'crashed-at-start':
    case 'crashed':
    case 'ended-by-itself':
      return describeCrashCause(cause, subject);
    case 'bad-port':
    case 'probe-failed':
    case 'job-failed':
    case 'ignores-stop':
    case 'stuck-rollout':
      return describeCheckCause(cause, subject);
    default:
      return assertNever(cause);
  }
}

function assertNever(cause: never): never {
  throw new Error(`No words for ${JSON.stringify(cause)}`);
}
