import { listAt, valueAtPath } from '../fields';
import { PATH_PATTERN, parsePath } from './parsePath';
import type { HealthTest, TestScope } from './types';

const FIELD = new RegExp(`^(${PATH_PATTERN})(?: or (\\d{1,9}))?$`);
const COUNT = new RegExp(`^#(${PATH_PATTERN})(?:\\((\\w+)\\))?$`);

type Operand = (scope: TestScope) => number | string;

const OPERATORS: Readonly<
  Record<string, (a: number | string, b: number | string) => boolean>
> = {
  '<': (a, b) => a < b,
  '<=': (a, b) => a <= b,
  '>': (a, b) => a > b,
  '>=': (a, b) => a >= b,
  '==': (a, b) => a === b,
  '<>': (a, b) => a !== b,
};

/** Parses `.status.replicas<.spec.replicas or 1` and similar; undefined for any other text. */
export function parseComparison(text: string): HealthTest | undefined {
  const match = /^([^<>=!^]+?)(<=|>=|==|<>|<|>)([^<>=!^]+)$/.exec(text);
  if (!match) return undefined;
  const left = parseOperand(match[1].trim());
  const right = parseOperand(match[3].trim());
  const compare = OPERATORS[match[2]];
  if (!left || !right) return undefined;
  return scope => (compare(left(scope), right(scope)) ? {} : undefined);
}

function parseOperand(text: string): Operand | undefined {
  const parts = text.split(' + ').map(part => parseTerm(part.trim()));
  if (parts.length === 1) return parts[0];
  return parts.every(part => part !== undefined)
    ? scope => parts.reduce((sum, part) => sum + Number(part(scope)), 0)
    : undefined;
}

function parseTerm(text: string): Operand | undefined {
  if (/^\d{1,9}$/.test(text)) return () => Number(text);
  const field = FIELD.exec(text);
  if (field) {
    const path = parsePath(field[1]);
    const otherwise = Number(field[2] ?? 0);
    return ({ value }) => readAmount(valueAtPath(value, path), otherwise);
  }
  const count = COUNT.exec(text);
  if (count) return countMembers(parsePath(count[1]), count[2]);
  const sum = /^sum ((?:\.[\w-]+)+)\.([\w-]+)$/.exec(text);
  if (sum) return sumMembers(parsePath(sum[1]), sum[2]);
  const condition = /^([A-Z]\w*)\.(\w+)$/.exec(text);
  return condition ? fieldOfCondition(condition[1], condition[2]) : undefined;
}

function readAmount(value: unknown, otherwise: number): number | string {
  if (typeof value === 'string' && /^\d{1,15}$/.test(value))
    return Number(value);
  return typeof value === 'number' || typeof value === 'string'
    ? value
    : otherwise;
}

function countMembers(path: string[], wanted: string | undefined): Operand {
  return ({ value }) => {
    const found = valueAtPath(value, path);
    if (typeof found !== 'object' || found === null) return 0;
    return Object.values(found).filter(
      member => wanted === undefined || member === wanted,
    ).length;
  };
}

function sumMembers(path: string[], field: string): Operand {
  return ({ value }) =>
    listAt(value, ...path).reduce(
      (sum, member) => sum + (Number(member[field]) || 0),
      0,
    );
}

function fieldOfCondition(type: string, field: string): Operand {
  return ({ conditions }) => {
    const condition = conditions.find(candidate => candidate.type === type);
    return readAmount(condition?.[field], 0);
  };
}
