import type { ASTNode } from '@marcbachmann/cel-js';
import { compareText } from '../placement/selectors';

/** Returns every name that an expression reads, sorted: variables, and those that its loops iterate over. */
export function listNames(root: ASTNode): string[] {
  const names = new Set<string>();
  const visit = (node: unknown): void => {
    if (Array.isArray(node)) node.forEach(visit);
    if (typeof node !== 'object' || node === null || !('op' in node)) return;
    const { op, args } = node as { op: string; args: unknown };
    if (op === 'id') names.add(String(args));
    else visit(args);
  };
  visit(root);
  return [...names].sort(compareText);
}
