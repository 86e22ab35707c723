import { fieldsOf, type Fields, listOf, textOf } from '../documents';
import { isDecisionOf, type PlacementName } from './countDecisions';

/** Returns the clusters in the placement's own PlacementDecisions: those it runs on now. */
export function listOwnDecisions(
  documents: readonly Fields[],
  placement: PlacementName,
): string[] {
  return documents
    .filter(document => isDecisionOf(document, placement))
    .flatMap(({ status }) => listOf(fieldsOf(status).decisions))
    .flatMap(decision => textOf(fieldsOf(decision).clusterName) ?? []);
}
