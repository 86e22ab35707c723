import { fieldsOf, textOf } from '../documents/fields';
import { type Document, isDocument } from '../documents/Document';
import type { Explainer, Explanation } from './Explainer';

interface Verdict {
  cluster: string;
  verdict: string;
  messages: string[];
  remedy?: string;
}

/** Explains a decision of `callboard place` in sentences. */
export const explainDecision: Explainer = {
  reads: 'an answer of callboard place --output json',
  accepts: ({ verdicts, decisions }) =>
    Array.isArray(verdicts) || Array.isArray(decisions),
  explain(documents): Explanation {
    const parts = documents.map(explainOne);
    return {
      text: parts.map(({ text }) => text).join('\n\n'),
      exitCode: parts.some(({ exitCode }) => exitCode === 1) ? 1 : 0,
    };
  },
};

function explainOne(document: Document): Explanation {
  const verdicts = readVerdicts(document.verdicts);
  const decisions = readDecisions(document.decisions);
  const spare = verdicts
    .filter(({ verdict }) => verdict === 'spare')
    .map(({ cluster }) => cluster);
  const paragraphs = [
    describeChosen(decisions, verdicts),
    ...(spare.length > 0 ? [`Spare: ${joinNames(spare)}.`] : []),
    ...describeRefused(verdicts.filter(({ verdict }) => verdict === 'refused')),
  ];
  const message = textOf(document.message);
  return {
    text: [...(message ? [message] : []), ...paragraphs].join('\n'),
    exitCode: decisions.length > 0 || document.satisfied === true ? 0 : 1,
  };
}

function readVerdicts(value: unknown): Verdict[] {
  return (Array.isArray(value) ? value : []).filter(isDocument).map(item => ({
    cluster: textOf(item.cluster) ?? '',
    verdict: textOf(item.verdict) ?? '',
    messages: (Array.isArray(item.reasons) ? item.reasons : []).map(reason => {
      const { message, rule } = fieldsOf(reason);
      return textOf(message) ?? textOf(rule) ?? '';
    }),
    remedy: textOf(item.remedy),
  }));
}

function readDecisions(
  value: unknown,
): Array<{ cluster: string; replicas?: number }> {
  return (Array.isArray(value) ? value : [])
    .filter(isDocument)
    .map(({ cluster, replicas }) => ({
      cluster: textOf(cluster) ?? '',
      ...(typeof replicas === 'number' && { replicas }),
    }));
}

function describeChosen(
  decisions: Array<{ cluster: string; replicas?: number }>,
  verdicts: Verdict[],
): string {
  if (decisions.length === 0) return 'It runs nowhere.';
  const lines = decisions.map(({ cluster, replicas }) => {
    const why =
      verdicts.find(verdict => verdict.cluster === cluster)?.messages ?? [];
    const share =
      replicas === undefined
        ? ''
        : ` with ${replicas} ${replicas === 1 ? 'replica' : 'replicas'}`;
    return `  ${cluster}${share}${
      why.length > 0 ? `: ${why.map(lowerFirst).join('; ')}` : ''
    }.`;
  });
  return ['It runs on', ...lines].join('\n');
}

/** Groups clusters that are refused for the same reasons, the most frequent first. */
function describeRefused(refused: Verdict[]): string[] {
  const groups = new Map<string, Verdict[]>();
  for (const verdict of refused) {
    const key = JSON.stringify([verdict.messages, verdict.remedy]);
    groups.set(key, [...(groups.get(key) ?? []), verdict]);
  }
  return [...groups.values()]
    .sort(
      (a, b) => b.length - a.length || (a[0].cluster < b[0].cluster ? -1 : 1),
    )
    .map(members => {
      const [{ messages, remedy }] = members;
      const names = joinNames(members.map(({ cluster }) => cluster));
      const verb = members.length === 1 ? 'is' : 'are';
      const help = remedy
        ? ` To admit ${members.length === 1 ? 'it' : 'each'}: ${lowerFirst(
            remedy,
          )}.`
        : '';
      return `${names} ${verb} not considered: ${lowerFirst(
        messages.join('; '),
      )}.${help}`;
    });
}

function joinNames(names: string[]): string {
  if (names.length > 8)
    return `${names.slice(0, 7).join(', ')} and ${names.length - 7} more`;
  return names.length < 2
    ? names.join('')
    : `${names.slice(0, -1).join(', ')} and ${names[names.length - 1]}`;
}

/** Lower-cases the first letter, for the middle of a sentence. */
function lowerFirst(text: string): string {
  return text.charAt(0).toLowerCase() + text.slice(1);
}
