import type { Finding, Problem } from '@callboard/plugin-callboard-common';
import { listOf } from './sentence';
import { wrapText } from './wrapText';

/** What is known of a push so far. A later report only adds; then its lines only add too. */
export interface PushReport {
  app: string;
  revision: { commit: string; message: string };
  build?: PushStepFacts & { builder: string; problem?: Problem };
  release?: PushStepFacts & { number: number; environment: string };
  placement?: PushStepFacts & {
    chosen: readonly string[];
    wanted?: number;
    why: string;
  };
  /** Where it goes in waves: those that have begun. */
  waves?: PushWave[];
  outcome?: PushOutcome;
}

export interface PushWave {
  /** From 1. */
  number: number;
  of: number;
  clusters: readonly string[];
  /** How long each is watched before the next wave begins. */
  soakSeconds: number;
}

export interface PushStepFacts {
  /** How long the step took. */
  seconds: number;
}

/** How a push ended, as far as the pusher waits for it. */
export type PushOutcome =
  | {
      kind: 'healthy';
      seconds: number;
      totalSeconds: number;
      urls: readonly string[];
    }
  | { kind: 'failed'; seconds: number; finding: Finding }
  | { kind: 'refused'; problem: Problem }
  /** The pusher is let go before it is known; the page tells the rest. */
  | { kind: 'still-going'; seconds: number; says: string; page: string };

/** One line of a push: what it is for colours, and its text. */
export interface PushLine {
  kind: 'info' | 'done' | 'failed';
  line: string;
}

const COLUMNS = 72; // git puts "remote: " before each line of 80
const MOST_LINES = 12;
const MOST_URLS = 3;
const MOST_WAVES = 2; // of more, the rest is one line: what comes last is the verdict

/**
 * The lines a pusher reads while git waits: at most 12 of 72 columns (a URL alone on its line may be longer),
 * one per step with its seconds, the verdict last, a failure in the words of the finding.
 *
 * Lines of a report are the first lines of every later report, so that a follower prints only what is new.
 */
export function pushLines(report: PushReport): PushLine[] {
  const steps = stepLines(report);
  return [...steps, ...outcomeLines(report, MOST_LINES - steps.length)];
}

function stepLines({
  revision,
  build,
  release,
  placement,
  waves = [],
}: PushReport): PushLine[] {
  const lines: PushLine[] = [
    info(
      cut(
        `Revision ${revision.commit.slice(0, 7)}  ${firstLine(
          revision.message,
        )}`,
      ),
    ),
  ];
  if (build && !build.problem)
    lines.push(done(step(`Built with ${build.builder}`, build.seconds)));
  if (release) {
    lines.push(
      done(
        step(
          `Release ${release.number} for ${release.environment}`,
          release.seconds,
        ),
      ),
    );
  }
  if (placement) {
    const where =
      placement.chosen.length === 0 ? 'no cluster' : listOf(placement.chosen);
    const why = placement.why ? `: ${placement.why}` : '';
    lines.push(done(step(`Placed on ${where}${why}`, placement.seconds)));
  }
  return [...lines, ...waves.flatMap(waveLines)];
}

/** `Wave 2 of 3: us-1, then watched for 30 s`. */
function waveLines({
  number,
  of,
  clusters,
  soakSeconds,
}: PushWave): PushLine[] {
  if (number > MOST_WAVES + 1) return [];
  if (number > MOST_WAVES && of > number)
    return [info(`Waves ${number} to ${of} follow`)];
  const soak = soakSeconds > 0 ? `, then watched for ${soakSeconds} s` : '';
  const head = `Wave ${number} of ${of}: `;
  return [
    info(
      `${head}${cut(
        listOf(clusters),
        COLUMNS - head.length - soak.length,
      )}${soak}`,
    ),
  ];
}

function outcomeLines(
  { app, build, release, outcome }: PushReport,
  room: number,
): PushLine[] {
  if (build?.problem) return problemLines(build.problem, room);
  switch (outcome?.kind) {
    case undefined:
      return [];
    case 'healthy':
      return [
        done(step('Healthy', outcome.seconds)),
        ...outcome.urls.slice(0, MOST_URLS).map(url => info(url)),
        done(
          cut(
            `${app} runs release ${release?.number} in ${
              release?.environment
            }, healthy after ${seconds(outcome.totalSeconds)}`,
          ),
        ),
      ];
    case 'failed':
      return findingLines(outcome.finding, room, outcome.seconds);
    case 'refused':
      return problemLines(outcome.problem, room);
    case 'still-going':
      return [
        info(step('Not healthy yet', outcome.seconds)),
        info(outcome.page),
        ...wrap(outcome.says, 2).map(info),
      ];
    default:
      throw new Error(
        `No words for ${JSON.stringify(outcome satisfies never)}`,
      );
  }
}

/** Last lines of the output, what to do next, and the verdict: as many lines of output as there is room for. */
function findingLines(
  finding: Finding,
  room: number,
  took: number,
): PushLine[] {
  const verdict = wrap(finding.what, 2).map(failed);
  const next = wrap(`Next: ${finding.next}`, 2).map(info);
  const head = failed(step('Failed', took));
  const left = room - 1 - verdict.length - next.length;
  const tail = left > 0 ? finding.logTail.slice(-left) : [];
  return [
    head,
    ...tail.map(line => info(cut(`  | ${line}`))),
    ...next,
    ...verdict,
  ];
}

function problemLines(problem: Problem, room: number): PushLine[] {
  const why = wrap(problem.why, Math.max(1, room - 4)).map(info);
  const next = wrap(`Next: ${problem.next}`, 2).map(info);
  return [...why, ...next, ...wrap(problem.what, 2).map(failed)];
}

/** `Built with bundle …… 2.1 s`, the seconds at the right edge. */
function step(text: string, took: number): string {
  const time = seconds(took);
  const width = COLUMNS - time.length - 2;
  return `${cut(text, width).padEnd(width)}  ${time}`;
}

function seconds(value: number): string {
  return value < 10
    ? `${(Math.round(value * 10) / 10).toFixed(1)} s`
    : `${Math.round(value)} s`;
}

function wrap(text: string, most: number): string[] {
  return wrapText(text, { columns: COLUMNS, lines: most });
}

function cut(text: string, columns = COLUMNS): string {
  return text.length <= columns ? text : `${text.slice(0, columns - 1)}…`;
}

function firstLine(text: string): string {
  return text.split('\n')[0].trim();
}

function info(line: string): PushLine {
  return { kind: 'info', line };
}

function done(line: string): PushLine {
  return { kind: 'done', line };
}

function failed(line: string): PushLine {
  return { kind: 'failed', line };
}
