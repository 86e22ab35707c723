import type { SourceRecord } from '../../store';

/** `main of https://git.example/acme/shop, folder services/api`: for the journal. */
export function describeSource({
  url,
  branch,
  path,
}: Pick<SourceRecord, 'url' | 'branch' | 'path'>): string {
  return `${branch} of ${url}${path === undefined ? '' : `, folder ${path}`}`;
}
