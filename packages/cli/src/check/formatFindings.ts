import type { Finding } from './Finding';

/** For people and for editors, which follow `file:line:column`. */
export function formatFindings(
  findings: readonly Finding[],
  files: number,
): string {
  const lines = findings.flatMap(
    ({ file, line, column, severity, what, why, next }) => [
      `${[file, line, column]
        .filter(part => part !== null)
        .join(':')}: ${severity}: ${what}: ${why}`,
      `  ${next}`,
    ],
  );
  const errors = findings.filter(({ severity }) => severity === 'error').length;
  const warnings = findings.length - errors;
  const result = [
    count(files, 'file'),
    count(errors, 'error'),
    count(warnings, 'warning'),
  ].join(', ');
  return [...lines, result].join('\n');
}

function count(number: number, noun: string): string {
  return `${number} ${noun}${number === 1 ? '' : 's'}`;
}
