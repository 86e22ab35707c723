import { findNameFault } from '@callboard/plugin-callboard-common';
import type { View } from '@callboard/plugin-callboard-react';
import { isNotFound } from '../pages/NotFound/isNotFound';

/** Whether an entity names an app that does not exist, or that cannot exist. */
export function isNotDelivered(app: string, view: View<unknown>): boolean {
  return findNameFault(app) !== undefined || isNotFound(view);
}
