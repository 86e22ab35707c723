import {
  describeDuration,
  describeElapsed,
  type Finding,
  listOf,
  type Problem,
} from '@callboard/plugin-callboard-common';
import { wrapText } from './wrapText';

/** State of a push so far. A later report only adds, so that its lines only add too. */
export interface PushReport {
  app: string;
  revision: { commit: string; message: string };
  /** `elsewhere`: the system that built its images, where that was not Callboard. */
  build?: PushStepFacts & {
    builder: string;
    elsewhere?: string;
    problem?: Problem;
  };
  release?: PushStepFacts & { number: number; environment: string };
  /** Warnings of the build. */
  warnings?: readonly string[];
  placement?: PushStepFacts & {
    chosen: readonly string[];
    wanted?: number;
    why: string;
  };
  /** The begun waves of a rollout in waves. */
  waves?: PushWave[];
  outcome?: PushOutcome;
  /** What it waits for now, until it has ended. */
  waitsFor?: string;
  /** Address of the app's page: the last line of every push. */
  page: string;
}

export interface PushWave {
  /** From 1. */
  number: number;
  of: number;
  clusters: readonly string[];
  /** Time for which each is watched before the next wave. */
  soakSeconds: number;
}

export interface PushStepFacts {
  /** Duration of the step. */
  seconds: number;
}

/** The end of a push, as far as the pusher waits for it. */
export type PushOutcome =
  | {
      kind: 'healthy';
      seconds: number;
      totalSeconds: number;
      urls: readonly string[];
      /** What the next environment waits for, where an approval is required. */
      next?: string;
    }
  | {
      kind: 'failed';
      seconds: number;
      finding: Finding;
      /** The release that serves instead: `release 2 still answers`. */
      serving?: string;
    }
  | { kind: 'refused'; problem: Problem }
  /** The push ends before the outcome is known; the page shows the rest. */
  | { kind: 'still-going'; seconds: number; says: string; finding?: Finding };

/** What a push waits for. */
export interface PushWait {
  says: string;
  /** Used alone where the line is too short: app and environment were named before. */
  cause?: string;
}

/** One line of a push: its kind, for colours, and its text. */
export interface PushLine {
  kind: 'info' | 'done' | 'failed';
  line: string;
}

const COLUMNS = 72; // git puts "remote: " before each line of 80
const MOST_LINES = 12;
const MOST_WARNING_LINES = 2;
const MOST_URLS = 3;
const MOST_WAVES = 2; // further waves are summed up in one line: the verdict comes last

/**
 * Returns the lines that a pusher reads while git waits: at most 12 of 72
 * columns (a URL alone on its line may be longer), one per step with its
 * seconds, the verdict and the app's page last, a failure in the words of the
 * finding.
 *
 * Lines of a report are the first lines of every later report, so that a
 * follower prints only the new ones.
 */
export function pushLines(report: PushReport): PushLine[] {
  const steps = stepLines(report);
  const outcome = outcomeLines(report, MOST_LINES - steps.length - 1);
  return outcome.length === 0
    ? steps
    : [...steps, ...outcome, info(report.page)];
}

/** Returns the line shown while nothing changes: what the push waits for, and since how long. */
export function waitLine(
  { says, cause = says }: PushWait,
  seconds: number,
): PushLine {
  const head = `Waiting ${describeDuration(Math.round(seconds) * 1_000)}: `;
  const room = COLUMNS - head.length;
  return info(`${head}${cut(says.length > room ? cause : says, room)}`);
}

function stepLines({
  revision,
  build,
  release,
  warnings = [],
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
  if (build?.elsewhere !== undefined && !build.problem)
    lines.push(done(cut(`Built by ${firstLine(build.elsewhere)}`)));
  else if (build && !build.problem)
    lines.push(done(step(`Built with ${build.builder}`, build.seconds)));
  if (release) {
    lines.push(
      done(
        step(
          `Release ${release.number} for ${release.environment}`,
          release.seconds,
        ),
      ),
      ...warningLines(warnings),
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

/** The first warning, and how many more the app's page has. */
function warningLines([first, ...more]: readonly string[]): PushLine[] {
  if (first === undefined) return [];
  const rest = more.length > 0 ? ` (${more.length} more on the page)` : '';
  return wrap(`Note: ${first}${rest}`, MOST_WARNING_LINES).map(info);
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
  const soak =
    soakSeconds > 0
      ? `, then watched for ${describeDuration(soakSeconds * 1_000)}`
      : '';
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
        ...(outcome.next === undefined ? [] : wrap(outcome.next, 2).map(info)),
        done(
          cut(
            `${app} runs release ${release?.number} in ${
              release?.environment
            }, healthy after ${describeElapsed(outcome.totalSeconds * 1_000)}`,
          ),
        ),
      ];
    case 'failed':
      return findingLines(outcome, room);
    case 'refused':
      return problemLines(outcome.problem, room);
    case 'still-going':
      return [
        info(step('Not healthy yet', outcome.seconds)),
        ...(outcome.finding
          ? explanationLines(outcome.finding, room - 1)
          : wrap(outcome.says, 2)
        ).map(info),
      ];
    default:
      throw new Error(
        `No words for ${JSON.stringify(outcome satisfies never)}`,
      );
  }
}

/** The finding, the release that serves instead, and its verdict last. */
function findingLines(
  { finding, seconds: took, serving }: Extract<PushOutcome, { kind: 'failed' }>,
  room: number,
): PushLine[] {
  const verdict = wrap(finding.what, 2);
  const answers = serving === undefined ? [] : [capital(serving)];
  const lines = explanationLines(finding, room - 1 - answers.length);
  return [
    failed(step('Failed', took)),
    ...lines.slice(0, -verdict.length).map(info),
    ...answers.map(info),
    ...verdict.map(failed),
  ];
}

function capital(text: string): string {
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}`;
}

/**
 * The error in the output, or its last lines where it names none, within the
 * free lines. Then the next step, and the problem.
 */
function explanationLines(
  { what, next, excerpt, logTail }: Finding,
  room: number,
): string[] {
  const verdict = wrap(what, 2);
  const says = (excerpt ?? logTail).length > 0 ? 1 : 0; // its first line is always shown
  const advice = wrap(
    `Next: ${next}`,
    Math.max(1, Math.min(2, room - verdict.length - says)),
  );
  const left = Math.max(0, room - verdict.length - advice.length);
  const output = excerpt
    ? excerpt.slice(0, left)
    : logTail.slice(Math.max(0, logTail.length - left));
  return [...output.map(line => cut(`  | ${line}`)), ...advice, ...verdict];
}

function problemLines(problem: Problem, room: number): PushLine[] {
  const why = wrap(problem.why, Math.max(1, room - 4)).map(info);
  const next = wrap(`Next: ${problem.next}`, 2).map(info);
  return [...why, ...next, ...wrap(problem.what, 2).map(failed)];
}

/** `Built with bundle …… 2.1 s`, the seconds right-aligned. */
function step(text: string, took: number): string {
  const time = describeElapsed(took * 1_000);
  const width = COLUMNS - time.length - 2;
  return `${cut(text, width).padEnd(width)}  ${time}`;
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
