import { describeDuration, partOf } from '@callboard/plugin-callboard-common';
import type { Cause, CheckAnswer, CheckName, CauseWords } from '../cause';
import type { Subject } from '../subject';

type CheckCause = Extract<
  Cause,
  {
    code:
      | 'bad-port'
      | 'probe-failed'
      | 'job-failed'
      | 'ignores-stop'
      | 'stuck-rollout';
  }
>;

const CHECK_WORDS: Readonly<Record<CheckName, string>> = {
  readiness: 'readiness check',
  liveness: 'liveness check',
  startup: 'startup check',
};

const CHECK_LABELS: Readonly<Record<CheckName, string>> = {
  readiness: 'Readiness check',
  liveness: 'Liveness check',
  startup: 'Startup check',
};

const TASK_WORDS = {
  'too-often': 'failed too often and is not tried again',
  'too-long': 'took longer than it may and was ended',
  other: 'failed',
} as const;

/** Describes a program that runs, but fails its checks or settings. */
export function describeCheckCause(
  cause: CheckCause,
  { name, environment, because }: Subject,
): CauseWords {
  switch (cause.code) {
    case 'bad-port':
      return {
        effect: `${name} ${effectOf(cause.check, environment)}`,
        cause: `${
          cause.listensOn === undefined
            ? `nothing listens on port ${cause.port}`
            : `it listens on port ${cause.listensOn}, and is asked on port ${cause.port}`
        }`,
        evidence: [
          {
            label: CHECK_LABELS[cause.check],
            value: `connection refused on port ${cause.port}`,
          },
          ...restarts(cause.restarts),
        ],
        next: `Let the program listen on port ${
          cause.port
        } on all addresses (0.0.0.0), or name ${
          cause.listensOn === undefined
            ? 'the port it listens on'
            : `port ${cause.listensOn}`
        } in score.yaml`,
      };
    case 'probe-failed':
      return {
        effect: `${name} ${effectOf(cause.check, environment)}`,
        cause: `its ${CHECK_WORDS[cause.check]} ${describeAnswer(
          cause.answer,
          cause.target,
        )}`,
        evidence: [
          {
            label: CHECK_LABELS[cause.check],
            value: `${cause.target}: ${shortAnswer(cause.answer)}`,
          },
          ...restarts(cause.restarts),
        ],
        next: nextFor(cause.answer, cause.target),
      };
    case 'job-failed':
      return {
        effect: `${name} is not done in ${environment}`,
        cause: `the task "${cause.task}" ${
          because ? `fails: ${because}` : describeTask(cause)
        }`,
        evidence: [
          ...(cause.tries
            ? [{ label: 'Tries', value: String(cause.tries) }]
            : []),
          ...(cause.exitCode === undefined
            ? []
            : [{ label: 'Exit code', value: String(cause.exitCode) }]),
          ...(cause.says ? [{ label: 'Answer', value: cause.says }] : []),
        ],
        next:
          cause.because === 'too-long'
            ? 'Let the task finish faster, or give it more time'
            : 'See its last lines of output, correct what they say, and push again',
      };
    case 'ignores-stop':
      return {
        effect: `${name} does not end when it is asked to in ${environment}`,
        cause: `it is killed after ${describeDuration(
          cause.graceSeconds * 1_000,
        )}`,
        evidence: [
          {
            label: 'Asked with',
            value: `SIGTERM, ${describeDuration(
              cause.graceSeconds * 1_000,
            )} before it is killed`,
          },
        ],
        next: 'Let the program end on SIGTERM: finish open requests, then exit; every rollout waits for it until then',
      };
    case 'stuck-rollout':
      return {
        effect: `${name} is stuck in ${environment}`,
        cause: `${partOf(
          cause.ready,
          cause.wanted,
          'instance',
        )} of the new release got ready`,
        evidence: [
          {
            label: 'Waited for',
            value: describeDuration(cause.deadlineSeconds * 1_000),
          },
        ],
        next: 'See its last lines of output for what it waits for; or roll back to the release before',
      };
    default:
      throw new Error(`No words for ${JSON.stringify(cause satisfies never)}`);
  }
}

function describeTask({
  because,
  exitCode,
}: Extract<Cause, { code: 'job-failed' }>): string {
  return exitCode === undefined || because === 'too-long'
    ? TASK_WORDS[because]
    : `ends with exit code ${exitCode} and is not tried again`;
}

function effectOf(check: CheckName, environment: string): string {
  switch (check) {
    case 'liveness':
      return `is restarted again and again in ${environment}`;
    case 'startup':
      return `cannot start in ${environment}`;
    default:
      return `does not get ready in ${environment}`;
  }
}

function describeAnswer(answer: CheckAnswer, target: string): string {
  switch (answer.kind) {
    case 'status':
      return `gets status ${answer.status} from ${target}`;
    case 'timeout':
      return `gets no answer in time from ${target}`;
    case 'refused':
      return `is refused at ${answer.address}`;
    case 'command':
      return `"${target}" fails`;
    case 'command-missing':
      return `"${target}" does not exist in the image`;
    default:
      return `fails at ${target}`;
  }
}

function shortAnswer(answer: CheckAnswer): string {
  switch (answer.kind) {
    case 'status':
      return `status ${answer.status}`;
    case 'timeout':
      return 'no answer in time';
    case 'refused':
      return `connection refused at ${answer.address}`;
    case 'command':
      return answer.output || 'ended with an error';
    case 'command-missing':
      return 'no such program';
    default:
      return answer.message;
  }
}

function nextFor(answer: CheckAnswer, target: string): string {
  if (answer.kind === 'status' && answer.status === 404) {
    return `Let the program answer ${target}, or correct the path of the check in score.yaml`;
  }
  if (answer.kind === 'command-missing') {
    return `Add ${target} to the image, or correct the check in score.yaml`;
  }
  if (answer.kind === 'timeout')
    return `Let ${target} answer faster, or raise what the program may use in score.yaml`;
  return `See in its output why ${target} fails, correct it, and push again`;
}

function restarts(count: number): Array<{ label: string; value: string }> {
  return count > 0
    ? [{ label: 'Restarted', value: count === 1 ? 'once' : `${count} times` }]
    : [];
}
