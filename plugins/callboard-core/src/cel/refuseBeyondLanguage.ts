import type { ASTNode } from '@marcbachmann/cel-js';
import { type Clause, parseFormat, type Verb } from './libraries/formatText';
import { isPattern, PATTERN_CALLS } from './libraries/regex';

const MOST = 2n ** 63n - 1n;
const NUMBERS = new Set(['int', 'uint', 'double']);
const ORDERS = new Set(['<', '<=', '>', '>=']);
/** Functions of our library that do not exist in the engines' environment. */
const UNKNOWN_CALLS = new Set(['json', 'hex', 'string', 'base64', 'at']);

const TAKES: Record<Verb, readonly string[] | 'anything'> = {
  s: 'anything',
  d: ['int', 'uint', 'double'],
  f: ['int', 'uint', 'double'],
  e: ['int', 'uint', 'double'],
  b: ['bool', 'int', 'uint'],
  o: ['int', 'uint'],
  x: ['int', 'uint', 'string', 'bytes'],
  X: ['int', 'uint', 'string', 'bytes'],
};

type Node = ASTNode & { checkedType?: { name: string } };

/** State of the walk. */
interface Walk {
  /** Whether a looping macro was checked before. */
  sawLoop: boolean;
}

const LOOPS = new Set(['all', 'exists', 'exists_one', 'map', 'filter']);

/**
 * Returns why the engines would refuse a checked expression that our library
 * accepts: numbers beyond 64 bits, comparing numbers of two known types,
 * `cel.bind`, functions on bytes, and invalid literal patterns and formats.
 *
 * The engines' checker no longer refuses comparing numbers of two types once it
 * was inside a loop, that is, after the first `exists`, `map`… of an
 * expression. Existing expressions rely on both, so that ours does the same.
 *
 * Source: google/cel-go checker, ext/formatting_v2.go and ext/bindings.go
 * (0.26).
 */
export function refuseBeyondLanguage(root: ASTNode): string | undefined {
  return refuseTree(root as Node, { sawLoop: false });
}

/** In the order of the engines' checker: inner nodes first. Depth is bounded by the parser. */
function refuseTree(
  node: Node,
  walk: Walk,
  isNegated = false,
): string | undefined {
  for (const [index, inner] of listNodes(node.args).entries()) {
    if (index === 1 && isLoop(node)) walk.sawLoop = true;
    const why = refuseTree(inner, walk, node.op === '-_');
    if (why !== undefined) return why;
  }
  return refuseNode(node, walk, isNegated);
}

function isLoop(node: Node): boolean {
  return node.op === 'rcall' && LOOPS.has(node.args[0]);
}

function listNodes(args: unknown): Node[] {
  if (Array.isArray(args)) return args.flatMap(listNodes);
  const isNode = typeof args === 'object' && args !== null && 'op' in args;
  return isNode ? [args as Node] : [];
}

function refuseNode(
  node: Node,
  { sawLoop }: Walk,
  isNegated: boolean,
): string | undefined {
  switch (node.op) {
    case 'value':
      return refuseLiteral(node.args, isNegated);
    case 'id':
      return node.args === 'cel' ? 'Unknown variable: cel' : undefined;
    case 'rcall':
      return refuseMethod(node.args);
    default:
      return ORDERS.has(node.op) && !sawLoop
        ? refuseOrder(node.op, node.args as [Node, Node])
        : undefined;
  }
}

function refuseLiteral(value: unknown, isNegated: boolean): string | undefined {
  if (typeof value === 'bigint' && value > (isNegated ? MOST + 1n : MOST))
    return `invalid int literal: ${value}`;
  if (typeof value === 'number' && !Number.isFinite(value))
    return 'invalid double literal';
  return undefined;
}

function refuseOrder(
  operator: string,
  [left, right]: [Node, Node],
): string | undefined {
  const [a, b] = [typeOf(left), typeOf(right)];
  return a !== b && NUMBERS.has(a) && NUMBERS.has(b)
    ? `no such overload: ${a} ${operator} ${b}`
    : undefined;
}

function typeOf(node: Node): string {
  return node.checkedType?.name ?? 'dyn';
}

function refuseMethod([name, receiver, args]: [string, ASTNode, ASTNode[]]):
  | string
  | undefined {
  if (typeOf(receiver as Node) === 'bytes' && UNKNOWN_CALLS.has(name))
    return `found no matching overload for 'bytes.${name}'`;
  if (name === 'format') return refuseFormat(receiver, args);
  return refusePattern(name, args[0]);
}

function refusePattern(
  call: string,
  pattern: ASTNode | undefined,
): string | undefined {
  if (!PATTERN_CALLS.has(call) || pattern?.op !== 'value') return undefined;
  return typeof pattern.args !== 'string' || isPattern(pattern.args)
    ? undefined
    : `not a regular expression: ${pattern.args}`;
}

/** Only literal formats and lists are known before evaluation. */
function refuseFormat(
  receiver: ASTNode,
  [list]: ASTNode[],
): string | undefined {
  if (receiver.op !== 'value' || list?.op !== 'list') return undefined;
  try {
    const wanted = parseFormat(String(receiver.args)).filter(
      (clause): clause is Clause & { kind: 'argument' } =>
        clause.kind === 'argument',
    );
    if (wanted.length !== list.args.length)
      return `format wants ${wanted.length} arguments and has ${list.args.length}`;
    const wrong = wanted.findIndex(
      ({ verb }, index) => !takes(verb, typeOf(list.args[index] as Node)),
    );
    return wrong < 0
      ? undefined
      : `%${wanted[wrong].verb} cannot be used on ${typeOf(
          list.args[wrong] as Node,
        )}`;
  } catch (error) {
    return (error as Error).message;
  }
}

function takes(verb: Verb, type: string): boolean {
  const types = TAKES[verb];
  return types === 'anything' || type === 'dyn' || types.includes(type);
}
