import type { Approval } from '@callboard/plugin-callboard-common';
import {
  describeActor,
  describeEntity,
} from '@callboard/plugin-callboard-react';

/** `approved by bo for payments-leads`. */
export function describeApproval({ group, by }: Approval): string {
  return `approved by ${describeActor(by)} for ${describeEntity(group)}`;
}
