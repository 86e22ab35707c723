import { UsageError } from '@callboard/cli';
import { type Problem, ProblemError } from '@callboard/plugin-callboard-common';
import type { Reader } from './readers';

const MOST_CHARACTERS = 2_000; // of one sentence that people are shown

/** What a reader makes of bytes that is neither: read, nor refused with a cause that people understand. */
export async function faultOf(
  { name, read }: Pick<Reader, 'name' | 'read'>,
  bytes: Uint8Array,
): Promise<string | undefined> {
  const text = Buffer.from(bytes).toString('utf8');
  let problem: Problem | undefined;
  try {
    problem = (await read(text, bytes)) ?? undefined;
  } catch (error) {
    if (error instanceof ProblemError) problem = error.problem;
    else if (!(error instanceof UsageError))
      return `${name}: ${(error as Error).stack}`;
  }
  const unclear = problem && findUnclear(problem, text);
  return unclear && `${name}: ${unclear} in ${JSON.stringify(problem)}`;
}

/** What people would not understand of a problem. */
function findUnclear(problem: Problem, input: string): string | undefined {
  const { code, what, why, next, at } = problem;
  if (!/^[a-z]+(-[a-z0-9]+)*$/.test(code)) return 'no code';
  for (const [field, text] of Object.entries({ what, why, next })) {
    if (typeof text !== 'string' || text.trim() === '') return `no ${field}`;
    if (text.length > MOST_CHARACTERS) return `a long ${field}`;
    const word = /\[object \w+\]|\bundefined\b|\bNaN\b/.exec(text)?.[0];
    if (word !== undefined && !input.includes(word))
      return `"${word}" in ${field}`;
  }
  if (at && !(Number(at.line ?? 1) >= 1)) return 'no line';
  return undefined;
}

/** What an input left behind in every object. */
export function leftBehind(): string[] {
  return [
    ...Object.keys(Object.prototype),
    ...('polluted' in {} ? ['polluted'] : []),
  ];
}
