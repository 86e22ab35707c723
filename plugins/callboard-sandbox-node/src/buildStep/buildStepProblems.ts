import type { Problem } from '@callboard/plugin-callboard-common';

/** Describes output of a build step that an image cannot contain. */
export function outputRefused(why: string): Problem {
  return {
    code: 'build-output-refused',
    what: 'Cannot keep what the build step made',
    why,
    next: 'Let the step write fewer files, or remove what it needs only meanwhile, then push again',
    transient: false,
  };
}

/** The result of a failed build step. */
interface FailedStep {
  line: string;
  /** Null when a signal ended it. */
  code: number | null;
  /** Its last lines, in order. */
  tail: readonly string[];
  /** Number of them that are shown to people. */
  shown: number;
  /** Whether the time limit of the whole build was exceeded. */
  isOver?: boolean;
}

const TAIL_CHARS = 500;
const AGAIN =
  'Run the same in a fresh clone, correct what it says, and push again';

/** Describes a failed build step: the cause that its last lines show, and how to fix it. */
export function buildStepFailed(step: FailedStep): Problem {
  const { line, code, tail, shown, isOver = false } = step;
  const { why, next } = isOver
    ? { why: 'the time for the build was over', next: AGAIN }
    : findCause(tail) ?? { why: undefined, next: AGAIN };
  const end = code === null ? 'was ended by a signal' : `ended with ${code}`;
  const said = tail.slice(-shown).join(' ⏎ ').slice(-TAIL_CHARS);
  return {
    code: 'build-step-failed',
    what: `Cannot build: "${line.slice(0, 80)}" ${end}`,
    why:
      [why, said && `its last lines: ${said}`].filter(Boolean).join('; ') ||
      'it said nothing',
    next,
    transient: false,
  };
}

interface Cause {
  why: string;
  next: string;
}

/** Messages of common programs when they fail, in order of precedence; the last matching line counts. */
const SIGNS: ReadonlyArray<[RegExp, (found: RegExpExecArray) => Cause]> = [
  [
    /\b(?:EAI_AGAIN|ENOTFOUND|ENETUNREACH)\b|getaddrinfo|network is unreachable/i,
    () => ({
      why: 'it wants the network, and a build step has none',
      next: 'Add what it fetches to the dependencies of package.json or to the repository, and push again',
    }),
  ],
  [
    /heap out of memory|allocation failure/i,
    () => ({
      why: 'Node.js had too little memory',
      next: 'Make the build smaller, or ask the platform team for a larger callboard.builder.limits.memoryMb',
    }),
  ],
  [
    /(?:^|\s)sh: (?:\d+: |line \d+: )?([\w./@-]{1,80}): (?:not found|command not found)/,
    ([, program]) => ({
      why: `the program "${program}" is not there`,
      next: `Add the package that brings "${program}" to devDependencies, commit the lockfile, and push again`,
    }),
  ],
  [
    /Cannot find (?:module|package) '([^'\s]{1,120})'/,
    ([, name]) => ({
      why: `the package or file "${name}" is not there`,
      next: `Add "${name}" to dependencies or devDependencies, or correct its path; commit the lockfile, and push again`,
    }),
  ],
  [
    /\berror (TS\d{3,6}): (.{1,200})/,
    ([, code, text]) => ({
      why: `TypeScript says ${code}: ${text.trim()}`,
      next: 'Correct the types where its lines say, and push again',
    }),
  ],
  [
    /EROFS|read-only file system/i,
    () => ({
      why: 'it writes to a place that is read-only in a build',
      next: 'Let it write below the folder of the repository or to /tmp, and push again',
    }),
  ],
  [
    /\bMissing script: "?(\w[\w:-]{0,60})/,
    ([, name]) => ({
      why: `package.json has no script "${name}"`,
      next: `Add the script "${name}" to package.json, or name another command at build.command in app.yaml`,
    }),
  ],
];

function findCause(tail: readonly string[]): Cause | undefined {
  for (const [pattern, describe] of SIGNS)
    for (const line of tail) {
      const found = pattern.exec(line.slice(0, 1_000));
      if (found) return describe(found);
    }
  return undefined;
}
