import { readFileSync } from 'fs';
import { join } from 'path';
import { isRecord } from '../isRecord';
import { parseScore } from './parseScore';

/*
 * Documents of our own, one per line, with what score-go 1.12.0 says of them (upgrade, schema, decode) and, where it
 * accepts one, the workload it reads. `refusedFor` is the code for which we refuse what it accepts: docs/score.md says
 * why.
 */
interface Case {
  text: string;
  reference: 'accepted' | 'refused';
  workload?: unknown;
  refusedFor?: string;
}

const CASES = readFileSync(
  join(__dirname, '__fixtures__/score-go.jsonl'),
  'utf8',
)
  .trimEnd()
  .split('\n')
  .map(line => JSON.parse(line) as Case);

/** score-go writes no empty maps and lists. */
function withoutEmpty(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutEmpty);
  if (!isRecord(value)) return value;
  return Object.fromEntries(
    Object.entries(value)
      .map(([key, field]) => [key, withoutEmpty(field)] as const)
      .filter(
        ([, field]) =>
          typeof field !== 'object' ||
          field === null ||
          Object.keys(field).length > 0,
      ),
  );
}

function read({ text }: Case): unknown {
  const parsed = parseScore(text, { file: 'score.yaml' });
  return parsed.ok
    ? { workload: withoutEmpty(parsed.value.workload) }
    : { code: parsed.problem.code };
}

describe('parseScore and score-go', () => {
  const of = (kind: (each: Case) => boolean) =>
    CASES.filter(kind).map((each, index) => [index, each] as const);

  it('have hundreds of documents to agree on', () => {
    expect(CASES.length).toBeGreaterThan(300);
  });

  it.each(of(each => each.workload !== undefined))(
    'read the same workload, %#',
    (_, each) => {
      expect(read(each)).toEqual({ workload: each.workload });
    },
  );

  it.each(of(each => each.reference === 'refused'))(
    'refuse the same document, %#',
    (_, each) => {
      expect(read(each)).toEqual({ code: expect.any(String) });
    },
  );

  it.each(of(each => each.refusedFor !== undefined))(
    'differ where we are stricter, %#',
    (_, each) => {
      expect(read(each)).toEqual({ code: each.refusedFor });
    },
  );
});
