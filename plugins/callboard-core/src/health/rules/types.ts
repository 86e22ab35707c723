import type { HealthStatus } from '@callboard/plugin-callboard-common';
import type { Fields } from '../fields';

/**
 * How to judge some kinds, as data: checks in order of precedence, most decisive first. The first check whose tests all
 * hold gives the verdict; a check without tests always holds.
 *
 * A check reads `Degraded if Ready=False and .spec.suspend!=true`. Words of the language:
 *
 * | test | holds when |
 * | --- | --- |
 * | `Ready=True`, `Ready=False\|Unknown` | the condition is there with (one of) these states |
 * | `Ready!=True` | the condition is there with another state |
 * | `Ready` | the condition is there |
 * | `Ready=False(Failed\|Error)`, `Ready(Failed)` | … and has (one of) these reasons |
 * | `Ready=False(not Pending)` | … and has another reason |
 * | `*=False` | any condition has this state |
 * | `last:Ready=True` | it is the last one of the list |
 * | `.status.phase=Running\|Done`, `!=` | the field has (none of) these values; `=.other` compares two fields |
 * | `.metadata.labels[example.com/state]=bad` | keys with dots and slashes stand in brackets |
 * | `.status.phase^=Waiting`, `.kind$=Policy` | the text begins, ends so |
 * | `.status.ratio whole` | the text is `3/3`, not `0/0` |
 * | `.status.replicas<.spec.replicas or 1` | numbers (or times) compare; `<= > >= == <>` too; a missing number is 0 |
 * | `#.status.nodes`, `#.status.nodes(READY)`, `sum .spec.sets.count`, `.a + .b` | numbers: members, members equal to, sums |
 * | `.status.uid` | the field is there and not empty |
 * | `no X`, `not X` | the opposite of X |
 * | `any .status.parents: A & B`, `every …` | a member (each of at least one) passes the tests, which look at the member |
 * | `differing .status.sets: .sha`, `… .note or .sha` | members differ in this field (the first that is there) |
 * | `stale` | the status speaks of another generation than the newest |
 * | `unobserved` | … or does not say of which |
 * | `stale Ready`, `stale conditions` | this condition (one of them) speaks of another generation |
 *
 * `same as .status.health.status` as a check takes the verdict from a field, where that holds one of our words.
 */
export interface HealthRule {
  /** `group/Kind`; `*.group/*` and `group/*` match several kinds. The core group has no name: `/Pod`. */
  kinds: readonly string[];
  checks: readonly string[];
}

/** Rules of one operator, with the page that documents them. */
export interface HealthFamily {
  title: string;
  docs: string;
  rules: readonly HealthRule[];
}

/** A compiled test: undefined when it does not hold, else its match. */
export type HealthTest = (scope: TestScope) => TestMatch | undefined;

/** Input of a test: the object, or a member of one of its lists. */
export interface TestScope {
  value: unknown;
  conditions: readonly Fields[];
  /** Of the whole object. */
  generation: number | undefined;
}

/** Facts that made a test hold, for reason and message of the verdict. */
export interface TestMatch {
  reason?: string;
  message?: string;
}

export interface HealthCheck {
  /** A fixed verdict, or the path of the field that holds it. */
  status: HealthStatus | { from: string[] };
  tests: HealthTest[];
}
