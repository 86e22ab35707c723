/** Conditions that a cluster meets where a rule admits it: column heads of a table. */
const RULES: Record<string, string> = {
  'failback-hold': 'back in contact',
  'has-capacity': 'enough capacity',
  'in-cluster-set': 'right cluster set',
  'keeps-guard-rails': 'keeps the guard rails',
  'keeps-spread': 'keeps the spread',
  'matches-affinity': 'selected by the policy',
  'not-cordoned': 'not cordoned',
  'not-deleting': 'not being deleted',
  'not-draining': 'not being drained',
  'of-modules': 'right by rules of modules',
  'required-claims': 'right claims',
  'required-expression': 'right expression',
  'required-labels': 'right labels',
  'runs-blueprint': 'right blueprint',
  reachable: 'in contact',
  'serves-api': 'serves the kinds',
  'tolerates-taints': 'not reserved for others',
};

/** Describes a placement rule as the head of a column: `right labels`. Rules of modules keep their name. */
export function describeRule(rule: string): string {
  return RULES[rule] ?? rule.replaceAll('-', ' ');
}
