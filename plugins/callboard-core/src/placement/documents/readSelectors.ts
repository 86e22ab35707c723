import type {
  LabelSelector,
  SelectorRequirement,
} from '@callboard/plugin-callboard-common';
import { fieldsOf, listOf, textMapOf, textOf, textsOf } from './readFields';

/** Reads a label selector as written; it is validated where it is used. */
export function readLabelSelector(value: unknown): LabelSelector {
  const { matchLabels, matchExpressions } = fieldsOf(value);
  return {
    matchLabels: textMapOf(matchLabels),
    matchExpressions: readRequirements(matchExpressions),
  };
}

export function readRequirements(value: unknown): SelectorRequirement[] {
  return listOf(value).map(item => {
    const { key, operator, values } = fieldsOf(item);
    return {
      key: textOf(key) ?? '',
      operator: (textOf(operator) ?? '') as SelectorRequirement['operator'],
      values: textsOf(values),
    };
  });
}
