import { badRequest } from '../errors';

export type Labels = Record<string, string>;
export type Matcher = (labels: Labels) => boolean;

export interface LabelSelector {
  matchLabels?: Record<string, string>;
  matchExpressions?: Array<{
    key: string;
    operator: string;
    values?: string[];
  }>;
}

const REQUIREMENT =
  /^(!)?\s*([A-Za-z0-9][\w./-]*)(?:\s*(=|==|!=|>|<)\s*([\w.-]*)|\s+(in|notin)\s*\(([^()]*)\))?$/;

/** Parses a query's selector: `a=b,c!=d,e in (f,g),h,!i`. */
export function parseLabelSelector(text: string): Matcher {
  if (text.trim() === '') return () => true;
  const matchers = splitRequirements(text).map(requirement =>
    parseRequirement(requirement),
  );
  return labels => matchers.every(matches => matches(labels));
}

/** Compiles an object's selector. An empty one selects everything, an absent one nothing. */
export function matchSelector(selector: LabelSelector | undefined): Matcher {
  if (selector === undefined) return () => false;
  const equal = Object.entries(selector.matchLabels ?? {});
  const expressions = selector.matchExpressions ?? [];
  return labels =>
    equal.every(([key, value]) => labels[key] === value) &&
    expressions.every(({ key, operator, values }) =>
      matchExpression(labels[key], operator, values ?? []),
    );
}

/**
 * Matches objects with every label of `wanted`; an empty or absent map matches
 * nothing, as a Service's empty selector.
 */
export function matchMap(wanted: Labels | undefined): Matcher {
  const entries = Object.entries(wanted ?? {});
  return labels =>
    entries.length > 0 &&
    entries.every(([key, value]) => labels[key] === value);
}

function splitRequirements(text: string): string[] {
  const requirements: string[] = [];
  let isInList = false;
  let from = 0;
  for (let index = 0; index < text.length; index += 1) {
    const character = text[index];
    if (character === '(') isInList = true;
    else if (character === ')') isInList = false;
    else if (character === ',' && !isInList) {
      requirements.push(text.slice(from, index));
      from = index + 1;
    }
  }
  return [...requirements, text.slice(from)];
}

function parseRequirement(requirement: string): Matcher {
  const match = REQUIREMENT.exec(requirement.trim());
  if (match === null) throw badRequest(describeMisfit(requirement));
  const [, not, key, symbol, value, word, list] = match;
  if (not !== undefined) return labels => labels[key] === undefined;
  if (word !== undefined) {
    const values = list.split(',').map(item => item.trim());
    return labels =>
      matchExpression(labels[key], word === 'in' ? 'In' : 'NotIn', values);
  }
  switch (symbol) {
    case undefined:
      return labels => labels[key] !== undefined;
    case '!=':
      return labels => labels[key] !== value;
    case '>':
      return labels => Number(labels[key]) > Number(value);
    case '<':
      return labels => Number(labels[key]) < Number(value);
    default:
      return labels => labels[key] === value;
  }
}

/** In the words of the server's own parser. */
function describeMisfit(requirement: string): string {
  const second = /^[\w./-]+\s+([\w./-]+)/.exec(requirement.trim())?.[1];
  if (second !== undefined) {
    return `unable to parse requirement: found '${second}', expected: in, notin, =, ==, !=, gt, lt`;
  }
  const odd =
    /(?:==|!=|=)\s*([^\w.\s-])/.exec(requirement)?.[1] ?? requirement.trim();
  return `unable to parse requirement: found '${odd}', expected: identifier`;
}

/**
 * Tests one requirement on a label's value, which is undefined for a missing
 * label. An unknown operator never matches.
 */
export function matchExpression(
  value: string | undefined,
  operator: string,
  values: readonly string[],
): boolean {
  switch (operator) {
    case 'In':
      return value !== undefined && values.includes(value);
    case 'NotIn':
      return value === undefined || !values.includes(value);
    case 'Exists':
      return value !== undefined;
    case 'DoesNotExist':
      return value === undefined;
    case 'Gt':
      return Number(value) > Number(values[0]);
    case 'Lt':
      return Number(value) < Number(values[0]);
    default:
      return false;
  }
}
