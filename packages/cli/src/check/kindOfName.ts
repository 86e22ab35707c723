export type FileKind = 'score' | 'app' | 'platform';

/** Kind of a file by its name. */
export function kindOfName(file: string): FileKind {
  if (isCalledApp(file)) return 'app';
  if (/(?:^|[/\\.])score\.(?:ya?ml|json)$/.test(file)) return 'score';
  return 'platform';
}

export function isCalledApp(file: string): boolean {
  return /(?:^|[/\\])app\.(?:ya?ml|json)$/.test(file);
}
