import { listAt, numberAt, valueAt, valueAtPath } from '../fields';
import { parseComparison } from './parseComparison';
import { parseConditionTest } from './parseConditionTest';
import { parseFieldTest } from './parseFieldTest';
import { PATH_PATTERN, parsePath } from './parsePath';
import type { HealthTest, TestMatch, TestScope } from './types';

const MATCHED: TestMatch = {};
const MANY = new RegExp(`^(any|every) (${PATH_PATTERN}): (.+)$`);
const DIFFERING = new RegExp(
  `^differing (${PATH_PATTERN}): (${PATH_PATTERN})(?: or (${PATH_PATTERN}))?$`,
);

/** Parses one test of a check; undefined for any other text. See {@link HealthRule} for the language. */
export function parseTest(text: string): HealthTest | undefined {
  const negated = /^(?:no|not) (.+)$/.exec(text);
  if (negated) return negate(parseTest(negated[1]));
  const many = MANY.exec(text);
  if (many) return parseMany(many[1] as 'any' | 'every', many[2], many[3]);
  const differing = DIFFERING.exec(text);
  if (differing)
    return membersDiffer(
      parsePath(differing[1]),
      differing.slice(2).filter(Boolean).map(parsePath),
    );
  if (/^(?:stale|unobserved)\b/.test(text)) return parseStale(text);
  return (
    parseComparison(text) ?? parseFieldTest(text) ?? parseConditionTest(text)
  );
}

function negate(test: HealthTest | undefined): HealthTest | undefined {
  return test && (scope => (test(scope) ? undefined : MATCHED));
}

function parseMany(
  quantifier: 'any' | 'every',
  path: string,
  rest: string,
): HealthTest | undefined {
  const tests: HealthTest[] = [];
  for (const part of rest.split(' & ')) {
    const test = parseTest(part.trim());
    if (!test) return undefined;
    tests.push(test);
  }
  return quantifier === 'any'
    ? anyMember(parsePath(path), tests)
    : everyMember(parsePath(path), tests);
}

function anyMember(path: string[], tests: HealthTest[]): HealthTest {
  return scope => {
    for (const member of membersAt(scope, path)) {
      const matches = tests.map(test => test(member));
      if (matches.every(Boolean)) return Object.assign({}, ...matches);
    }
    return undefined;
  };
}

function everyMember(path: string[], tests: HealthTest[]): HealthTest {
  return scope => {
    const members = membersAt(scope, path);
    const holds =
      members.length > 0 &&
      members.every(member => tests.every(test => test(member)));
    return holds ? MATCHED : undefined;
  };
}

/** Returns the members of a list, or the values of a map. */
function membersAt(scope: TestScope, path: string[]): TestScope[] {
  const found = valueAtPath(scope.value, path);
  if (typeof found !== 'object' || found === null) return [];
  return Object.values(found).map(value => ({
    value,
    conditions: listAt(value, 'conditions'),
    generation: scope.generation,
  }));
}

/**
 * @param fields - for each member the first of these that is present counts
 */
function membersDiffer(list: string[], fields: string[][]): HealthTest {
  return scope => {
    const values = membersAt(scope, list).map(({ value }) =>
      JSON.stringify(
        fields.map(field => valueAtPath(value, field)).find(Boolean),
      ),
    );
    return new Set(values).size > 1 ? MATCHED : undefined;
  };
}

function parseStale(text: string): HealthTest | undefined {
  switch (text) {
    case 'stale':
      return ({ value, generation }) =>
        isOther(observedBy(value, generation), generation)
          ? MATCHED
          : undefined;
    case 'unobserved':
      return ({ value, generation }) => {
        const observed = observedBy(value, generation);
        return observed === undefined || isOther(observed, generation)
          ? MATCHED
          : undefined;
      };
    case 'stale conditions':
      return ({ conditions, generation }) =>
        conditions.some(condition =>
          isOther(numberAt(condition, 'observedGeneration'), generation),
        )
          ? MATCHED
          : undefined;
    default: {
      const type = /^stale ([\w./-]+)$/.exec(text)?.[1];
      if (type === undefined) return undefined;
      return ({ conditions, generation }) => {
        const condition = conditions.find(candidate => candidate.type === type);
        return isOther(numberAt(condition, 'observedGeneration'), generation)
          ? MATCHED
          : undefined;
      };
    }
  }
}

/**
 * Returns the generation that the status observed. Some operators write it as
 * text; older ones wrote a hash there, which is ignored: a text that is not a
 * number, or a number beyond the newest generation.
 */
function observedBy(
  value: unknown,
  generation: number | undefined,
): number | undefined {
  const observed = valueAt(value, 'status', 'observedGeneration');
  if (typeof observed === 'number') return observed;
  if (typeof observed !== 'string' || observed === '') return undefined;
  const number = /^\d{1,15}$/.test(observed) ? Number(observed) : Infinity;
  return generation !== undefined && number > generation ? generation : number;
}

function isOther(
  observed: number | undefined,
  generation: number | undefined,
): boolean {
  return (
    observed !== undefined &&
    generation !== undefined &&
    observed !== generation
  );
}
