import {
  type KubeObject,
  type Result,
  failed,
  ok,
  isRecord,
} from '@callboard/plugin-callboard-common';
import type { KindRef, ListAnswer } from '@callboard/plugin-callboard-node';
import { clusterAnswerInvalid } from './clusterProblems';
import { readKubeObject } from './readKubeObject';

/** Reads one page; `continueToken` comes from the previous page. */
export type ReadPage = (
  continueToken: string | undefined,
) => Promise<Result<unknown>>;

export interface ListContext {
  cluster: string;
  what: string;
  kind: KindRef;
  maxPages: number;
  /** True when the list may lack a resource version. */
  isUnversioned?: boolean;
}

/**
 * Reads a list to its end. All pages are of one resource version; when that
 * expires in the middle (410), the list starts over once.
 */
export async function listAllPages(
  context: ListContext,
  readPage: ReadPage,
): Promise<Result<ListAnswer>> {
  const first = await listOnce(context, readPage);
  return !first.ok && first.problem.code === 'resource-version-gone'
    ? listOnce(context, readPage)
    : first;
}

async function listOnce(
  context: ListContext,
  readPage: ReadPage,
): Promise<Result<ListAnswer>> {
  const items: KubeObject[] = [];
  let continueToken: string | undefined;
  for (let page = 0; page < context.maxPages; page++) {
    const answer = await readPage(continueToken);
    if (!answer.ok) return answer;
    const read = readListPage(answer.value, context);
    if (read === undefined)
      return notAList(context, 'what it answers is not a list');
    items.push(...read.items);
    continueToken = read.continueToken;
    if (continueToken === undefined)
      return ok({ items, resourceVersion: read.resourceVersion });
  }
  return notAList(context, `the list has more than ${context.maxPages} pages`);
}

function readListPage(
  value: unknown,
  { kind, isUnversioned }: ListContext,
): (ListAnswer & { continueToken: string | undefined }) | undefined {
  if (!isRecord(value) || !isRecord(value.metadata)) return undefined;
  const { resourceVersion = isUnversioned ? '' : undefined, continue: more } =
    value.metadata;
  const values = value.items ?? [];
  if (typeof resourceVersion !== 'string' || !Array.isArray(values))
    return undefined;
  const items: KubeObject[] = [];
  for (const each of values) {
    const object = readKubeObject(each, kind);
    if (object === undefined) return undefined;
    items.push(object);
  }
  return {
    items,
    resourceVersion,
    continueToken: typeof more === 'string' && more !== '' ? more : undefined,
  };
}

function notAList(
  { cluster, what }: ListContext,
  why: string,
): Result<ListAnswer> {
  return failed(clusterAnswerInvalid(cluster, what, why));
}
