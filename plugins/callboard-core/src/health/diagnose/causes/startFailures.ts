import type { Cause } from '../cause';
import type { Situation } from '../situation';
import { forContainers } from './forContainers';
import type { CauseRule } from './types';

const START_REASONS = new Set([
  'RunContainerError',
  'CreateContainerError',
  'StartError',
  'ContainerCannotRun',
]);

/** Finds containers whose program could not be started. */
export const startFailures: CauseRule = (situation: Situation) =>
  forContainers(situation, container => {
    if (container.isRunning) return undefined;
    const ending = container.ended ?? container.endedBefore;
    const fromState =
      container.waiting && START_REASONS.has(container.waiting.reason)
        ? readStartFailure(
            container.waiting.message,
            container.waiting.reason,
            128,
          )
        : undefined;
    const cause =
      fromState ??
      (ending &&
        readStartFailure(ending.message, ending.reason, ending.exitCode));
    return (
      cause && {
        cause,
        since: ending?.finished,
        withOutput: false,
        isCertain: true,
      }
    );
  });

/** Reads the message of the container runtime about a program that it could not start. */
export function readStartFailure(
  message: string,
  reason: string,
  exitCode: number,
): Cause | undefined {
  const isStartReason = START_REASONS.has(reason);
  const program =
    /exec: "?([^":\s]{1,300})"?:/.exec(message)?.[1] ??
    /stat ([^:\s]{1,300}):/.exec(message)?.[1];
  if (!isStartReason && !(exitCode >= 126 && exitCode <= 128 && program))
    return undefined;
  return {
    code: 'start-failed',
    ...(program && { program }),
    because: judgeWhy(message),
    says: lastPart(message),
  };
}

function judgeWhy(message: string): 'missing' | 'not-allowed' | 'other' {
  if (
    /executable file not found|no such file or directory|not found in \$PATH/i.test(
      message,
    )
  )
    return 'missing';
  return /permission denied|operation not permitted/i.test(message)
    ? 'not-allowed'
    : 'other';
}

/** Runtimes nest their messages with colons; the last parts name the cause. */
function lastPart(message: string): string {
  return message.split(': ').slice(-2).join(': ').slice(0, 300);
}
