import {
  describeBytes,
  describeSpan,
  type FindingEvidence,
} from '@callboard/plugin-callboard-common';
import type { Cause, EndingFacts, CauseWords } from '../cause';
import type { Subject } from '../subject';

type CrashCause = Extract<
  Cause,
  { code: 'out-of-memory' | 'crashed-at-start' | 'crashed' | 'ended-by-itself' }
>;

/** Describes a program that ended although it should run. */
export function describeCrashCause(
  cause: CrashCause,
  { name, environment, ...subject }: Subject,
): CauseWords {
  // a program ended by a signal printed no reason: its last lines are about something else
  const because =
    'ending' in cause && cause.ending.signal ? undefined : subject.because;
  switch (cause.code) {
    case 'out-of-memory': {
      const limit =
        cause.limitBytes === undefined
          ? undefined
          : describeBytes(cause.limitBytes);
      return {
        effect: `${name} runs out of memory in ${environment}`,
        ...(limit && { cause: `it may use ${limit} and needs more` }),
        evidence: facts(
          ['Memory limit', limit],
          ['Memory peak', describePeak(cause)],
          ['Ended', times(cause.times)],
        ),
        next: limit
          ? `Raise resources.limits.memory in score.yaml above ${limit}, or let the program use less`
          : 'The machine itself is short of memory: set resources.requests.memory in score.yaml, or let the program use less',
      };
    }
    case 'ended-by-itself':
      return {
        effect: `${name} does not stay up in ${environment}`,
        cause: `it ends by itself without an error`,
        evidence: facts(['Exit code', '0'], ['Ended', times(cause.times)]),
        next: 'Let the program run until it is asked to end; a server must not return from its main function',
      };
    case 'crashed-at-start':
      return {
        effect: `${name} cannot start in ${environment}`,
        cause: `${describeStart(cause, because)}`,
        evidence: evidenceOf(cause.ending, cause.times),
        next: 'See its last lines of output, correct what they say, and push again',
      };
    case 'crashed':
      return {
        effect: `${name} does not stay up in ${environment}`,
        cause: `${because ?? describeCrash(cause)}`,
        evidence: evidenceOf(cause.ending, cause.times),
        next: 'See its last lines of output, correct what they say, and push again; or roll back to the release before',
      };
    default:
      throw new Error(`No words for ${JSON.stringify(cause satisfies never)}`);
  }
}

/**
 * A container killed at its limit has used all of it, whatever was measured
 * before; how much more it needed is not known.
 */
function describePeak({
  limitBytes,
  peakBytes,
}: Extract<CrashCause, { code: 'out-of-memory' }>): string | undefined {
  if (limitBytes === undefined)
    return peakBytes === undefined
      ? undefined
      : `${describeBytes(peakBytes)}, as last seen`;
  const reached = `${describeBytes(
    limitBytes,
  )}: it was ended when it asked for more`;
  return peakBytes === undefined || peakBytes >= limitBytes
    ? reached
    : `${reached} (${describeBytes(peakBytes)} when last seen before)`;
}

function describeStart(
  { ending, isBeforeStart }: Extract<CrashCause, { code: 'crashed-at-start' }>,
  because: string | undefined,
): string {
  if (isBeforeStart)
    return `the step before its start ${
      because ? `fails: ${because}` : `ends with ${describeEnding(ending)}`
    }`;
  return because ?? `it ends with ${describeEnding(ending)} right after start`;
}

function describeCrash({
  ending,
  ranMs,
}: Extract<CrashCause, { code: 'crashed' }>): string {
  const after = ranMs === undefined ? '' : ` after ${describeSpan(ranMs)}`;
  return `it ends with ${describeEnding(ending)}${after}`;
}

function describeEnding({ exitCode, signal }: EndingFacts): string {
  return signal ? `exit code ${exitCode} (${signal})` : `exit code ${exitCode}`;
}

const SIGNAL_WORDS: Readonly<Record<string, string>> = {
  SIGSEGV: 'SIGSEGV: it touched memory that is not its own',
  SIGABRT: 'SIGABRT: it gave up by itself',
  SIGKILL: 'SIGKILL: it was killed from outside',
  SIGTERM: 'SIGTERM: it was asked to end',
  SIGILL: 'SIGILL: it was built for another kind of processor',
  SIGBUS: 'SIGBUS: it touched memory that is not there',
};

/** Exit codes to which shells give a meaning. */
const EXIT_WORDS: Readonly<Record<number, string>> = {
  126: '126: a program it calls may not be executed',
  127: '127: a program it calls does not exist',
};

function evidenceOf(ending: EndingFacts, count: number): FindingEvidence[] {
  return facts(
    ['Exit code', EXIT_WORDS[ending.exitCode] ?? String(ending.exitCode)],
    ['Signal', ending.signal && (SIGNAL_WORDS[ending.signal] ?? ending.signal)],
    ['It says', ending.says],
    ['Ended', times(count)],
  );
}

function times(count: number): string {
  return count === 1 ? 'once' : `${count} times`;
}

function facts(
  ...pairs: Array<[label: string, value: string | undefined]>
): FindingEvidence[] {
  return pairs.flatMap(([label, value]) => (value ? [{ label, value }] : []));
}
